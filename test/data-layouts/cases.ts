/** Payments, clicks and customers as cases with an answer, as public sets write it: their names, oddities and units, no row of theirs. */

import { type DataLayout, date, FIRST, iso, ROWS, rows, two, user, when, whole } from "./layout.ts";

export const CASES: readonly DataLayout[] = [
  {
    name: "card payments with customer and terminal",
    files: {
      "transactions.csv": rows(
        (at) =>
          `${at},${iso(at).slice(0, 19).replace("T", " ")},${user()},${1 + whole(9)},${whole(9000) / 100},${at % 7 === 0 ? 1 : 0}`,
        "TRANSACTION_ID,TX_DATETIME,CUSTOMER_ID,TERMINAL_ID,TX_AMOUNT,TX_FRAUD",
      ),
    },
    expects: { system: "fraud-detection", events: ROWS, first: FIRST },
  },
  {
    name: "card payments of a merchant with a card number",
    files: {
      "fraudTrain.csv": rows(
        (at) =>
          `${at},${iso(at).slice(0, 19).replace("T", " ")},36${user()},"fraud_Rippin, ${whole(9)}",misc_net,${whole(9000) / 100},${at % 7 === 0 ? 1 : 0}`,
        ",trans_date_trans_time,cc_num,merchant,category,amt,is_fraud",
      ),
    },
    expects: { system: "fraud-detection", events: ROWS, first: FIRST },
  },
  {
    name: "payments in steps of an hour",
    files: {
      "PS.csv": rows(
        (at) => `${1 + at},PAYMENT,${whole(9000) / 100},C${user()},M${whole(9)},${at % 7 === 0 ? 1 : 0}`,
        "step,type,amount,nameOrig,nameDest,isFraud",
      ),
    },
    expects: { question: /start: 2020-01-01/u },
  },
  {
    name: "payments of anonymous columns",
    files: {
      "creditcard.csv": rows(
        (at) => `${at},${whole(100) / 50 - 1},${whole(100) / 50 - 1},${whole(9000) / 100},${at % 7 === 0 ? 1 : 0}`,
        "Time,V1,V2,Amount,Class",
      ),
    },
    expects: { question: /`Time` holds numbers/u },
  },
  {
    name: "clicks in short compact hours",
    files: {
      "train.csv": rows(
        (at) => `${1000 + at},${at % 5 === 0 ? 1 : 0},141021${two(whole(24))},${1005},site${whole(4)},app${whole(4)}`,
        "id,click,hour,C1,site_id,app_id",
      ),
    },
    expects: { system: "binary-classification", events: ROWS },
  },
  {
    name: "churn with names of every kind",
    files: {
      "churn.csv": rows(
        (at) =>
          `${at + 1},15${at},Name,${300 + whole(500)},Spain,Female,${20 + whole(50)},${whole(9000)}.5,${at % 3 === 0 ? 1 : 0}`,
        "RowNumber,CustomerId,Surname,CreditScore,Geography,Gender,Age,Balance,Exited",
      ),
    },
    expects: { system: "binary-classification", events: ROWS },
  },
  {
    name: "impressions parted by tabs without a header, a click first and hashed words after counts",
    files: {
      day_0: rows((at) =>
        [at % 4 === 0 ? 1 : 0, whole(9), whole(90), "", whole(7), `68fd1e${10 + (at % 9)}`, `80e26c9${at % 3}`].join(
          "\t",
        ),
      ),
    },
    expects: { system: "binary-classification", events: ROWS },
  },
  {
    name: "transactions with seconds from a moment that is not said",
    files: {
      "train_transaction.csv": rows(
        (at) =>
          `${2987000 + at},${at % 9 === 0 ? 1 : 0},${86400 + at * 977},${whole(900)}.5,W,${whole(9999)},${whole(500)}.0,visa,gmail.com,`,
        "TransactionID,isFraud,TransactionDT,TransactionAmt,ProductCD,card1,addr1,card4,P_emaildomain,dist2",
      ),
    },
    expects: { question: /when|step|began/iu },
  },
  {
    name: "a bank's calls with semicolons, quotes, months in words and yes or no",
    files: {
      "bank-full.csv": rows(
        (at) =>
          `${20 + whole(60)};"admin.";"married";"no";${whole(4000)};"may";${1 + (at % 28)};${whole(600)};"${at % 5 === 0 ? "yes" : "no"}"`,
        '"age";"job";"marital";"default";"balance";"month";"day";"duration";"y"',
      ),
    },
    expects: { system: "binary-classification", events: ROWS },
  },
  {
    name: "incomes with question marks, blanks after commas and no header",
    files: {
      "adult.data": rows(
        (at) =>
          `${20 + whole(50)}, ${at % 7 === 0 ? "?" : "Private"}, ${70000 + whole(9999)}, HS-grad, ${whole(16)}, Divorced, Sales, White, ${whole(9)}, ${20 + whole(40)}, ${at % 4 === 0 ? ">50K" : "<=50K"}`,
      ),
    },
    expects: { system: "binary-classification", events: ROWS, label: "11", positives: ROWS / 4 },
  },
  {
    name: "subscribers with days as compact numbers and a churn flag",
    files: {
      "train.csv": rows(
        (at) =>
          `h${user()}${at}=,${iso(at).slice(0, 10).replaceAll("-", "")},${1 + whole(40)},149,${at % 6 === 0 ? 1 : 0}`,
        "msno,transaction_date,payment_method_id,actual_amount_paid,is_churn",
      ),
    },
    expects: { system: "binary-classification", events: ROWS },
  },
  {
    name: "credits parted by blanks, the answer 1 or 2 last",
    files: {
      "german.data": rows(
        (at) =>
          `A1${whole(4)} ${4 + whole(60)} A34 A4${whole(9)} ${250 + whole(9000)} A65 4 A93 ${whole(5)} ${20 + whole(50)} A201 ${at % 3 === 0 ? 2 : 1}`,
      ),
    },
    expects: { system: "binary-classification", events: ROWS, label: "12", positives: ROWS / 3 },
  },
  {
    name: "impressions whose identifiers look like nanoseconds, beside short compact hours",
    files: {
      "train.csv": rows(
        (at) =>
          `${10n ** 18n + BigInt(at) * 7919n},${at % 5 === 0 ? 1 : 0},1410${21 + (at % 8)}${two(at % 24)},${1000 + whole(9)},${whole(3)},s${whole(5)},d${whole(5)},app${whole(6)},dev${user()},${whole(90)},${whole(9)},${whole(7)}`,
        "id,click,hour,C1,banner_pos,site_id,site_domain,app_id,device_id,C14,C15,C16",
      ),
    },
    expects: {
      system: "binary-classification",
      events: ROWS,
      first: "2014-10-21",
      label: "click",
      positives: ROWS / 5,
    },
  },
  {
    name: "twelve columns without a header and without a label",
    files: {
      "training.txt": rows(() =>
        Array.from({ length: 12 }, (_, at) => (at === 0 ? whole(4) : 100 + whole(50 * (at + 1)))).join("\t"),
      ),
    },
    expects: { system: "unknown", events: ROWS, asks: /Which columns say who, what/u },
  },
  {
    name: "card payments with a second clock that is seven years ahead",
    files: {
      "fraudTrain.csv": rows(
        (at) =>
          `${at},${iso(at).slice(0, 19).replace("T", " ")},36${user()},"fraud_Rippin, ${whole(9)}",misc_net,${whole(9000) / 100},${when(at) + 189302400 > 1790000000 ? 0 : when(at) - 189302400},${at % 7 === 0 ? 1 : 0}`,
        ",trans_date_trans_time,cc_num,merchant,category,amt,unix_time,is_fraud",
      ),
    },
    expects: { system: "fraud-detection", events: ROWS, first: FIRST },
  },
  {
    name: "loans with decimal commas and points between thousands",
    files: {
      "kredit.csv": rows(
        (at) =>
          `${at};${iso(at).slice(8, 10)}.10.2019;${1 + whole(9)}.${two(whole(90))}${whole(9)},${two(whole(90))};${whole(9)},${whole(9)};${at % 4 === 0 ? 1 : 0}`,
        "id;datum;betrag;zins;default",
      ),
    },
    expects: { question: /The draft reads them so: `decimal: ",", thousands: "\."`/u },
  },
  {
    name: "cards with a line of numbers for names above the names",
    files: {
      "default.csv": `,X1,X2,X3,Y\n${rows((at) => `${at + 1},20000,${1 + (at % 2)},${20 + whole(40)},${at % 4 === 0 ? 1 : 0}`, "ID,LIMIT_BAL,SEX,AGE,default payment next month")}`,
    },
    expects: { system: "unknown", events: ROWS, asks: /What is to be predicted/u },
  },
  {
    name: "loans below a line of where they are from, an end in five words",
    files: {
      "LoanStats.csv": `Notes offered by Prospectus (https://www.example.org)\n${rows((at) => `"${at}","${1000 + whole(900)}"," 36 months","${5 + whole(20)}.5%","${["Fully Paid", "Charged Off", "Current", "Default", "Late"][at % 5]}"`, '"id","loan_amnt","term","int_rate","loan_status"')}\n"Total amount funded: 6417608175"\n`,
    },
    expects: { system: "unknown", events: ROWS, asks: /`loan_status`, which holds 5 different values/u },
  },
  {
    name: "rates written with a percent sign",
    files: {
      "loans.csv": rows((at) => `${at}, ${5 + whole(20)}.99%,${at % 4 === 0 ? 1 : 0}`, "loan_id,int_rate,default"),
    },
    expects: { question: /Is `int_rate` a number, as in `\d+\.99%`/u },
  },
  {
    name: "card payments whose date stands in three columns, amounts with a dollar",
    files: {
      "card_transaction.csv": rows(
        (at) =>
          `${user()},0,${date(at).getUTCFullYear()},${date(at).getUTCMonth() + 1},${date(at).getUTCDate()},${iso(at).slice(11, 16)},$${whole(300)}.25,Swipe Transaction,${at % 9 === 0 ? "Yes" : "No"}`,
        "User,Card,Year,Month,Day,Time,Amount,Use Chip,Is Fraud?",
      ),
    },
    expects: {
      question: /The date stands in parts, in `Year`, `Month` and `Day`\..*Is `Amount` a number, as in `\$/su,
    },
  },
];
