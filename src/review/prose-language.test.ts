import { describe, expect, it } from "vitest";
import { isEnglish, languageOf } from "./prose-language.ts";

describe("whether a text is English", () => {
  it("goes by the little words of a language", () => {
    expect(isEnglish("The model is trained on the events that we have of it.")).toBe(true);
    expect(isEnglish("Das Modell ist auf den Ereignissen, die wir haben, und nicht mit dem Rest trainiert.")).toBe(
      false,
    );
    expect(isEnglish("Le modèle est une fonction que les données qui sont dans la base apprennent.")).toBe(false);
    expect(isEnglish("El modelo es una función que los datos de la base con las etiquetas")).toBe(false);
    // As many of one as of the other: given the benefit.
    expect(isEnglish("the and of to der die das und")).toBe(true);
    expect(isEnglish("the and of der die das und")).toBe(false);
  });

  it("says nothing against a text of few little words", () => {
    expect(isEnglish("")).toBe(true);
    expect(isEnglish("Modell der Daten und das")).toBe(true);
    expect(isEnglish("Modell der Daten und das nicht")).toBe(false);
  });

  it("goes by the letters where a fifth and more are of another script", () => {
    expect(isEnglish("модель обучается на событиях")).toBe(false);
    expect(isEnglish("模型在事件上训练")).toBe(false);
    expect(isEnglish("abcdefghδλ")).toBe(true);
    expect(isEnglish("abcdefghδλμ")).toBe(false);
  });

  it("looks past code, and at the beginning of a long text", () => {
    const code = "```\nder die das und ist nicht ein eine\n```\n";
    expect(isEnglish(`${code}The model is trained on events`)).toBe(true);
    expect(isEnglish(`${"the model and the data ".repeat(900)}${"der die das und ist ".repeat(5000)}`)).toBe(true);
    expect(isEnglish(`${"the model and the data ".repeat(100)}${"der die das und ist ".repeat(5000)}`)).toBe(false);
  });

  it("goes by letters with marks where there are few little words", () => {
    expect(isEnglish("# Návrh\n## Model\nNepoužijeme XGBoost\n## Data\ndata\n## Metrics\nNechceme AUC")).toBe(false);
    expect(isEnglish("Wir wählen XGBoost, weil es schnell ist")).toBe(false);
    expect(isEnglish("## Data\nPokémon cards, Pokémon prices, ŷ, Pokémon names")).toBe(true);
    expect(isEnglish("A naïve model is one of the façade, and as we use it")).toBe(true);
    expect(isEnglish("To by bylo dobré, když na to model není učený a chyb je více")).toBe(false);
  });

  it.each([
    ["Das Modell ist auf den Ereignissen, die wir haben", "German"],
    [
      "Systemet kører på vores egne maskiner, og der er altid en liste klar, hvis modellen ikke svarer af sig selv",
      "Danish",
    ],
    ["El modelo es una función que los datos de la base con las etiquetas", "Spanish"],
    ["我们要预测点击", "Chinese"],
    ["クリックを予測する", "Japanese"],
    ["модель обучается на событиях", undefined],
    ["Nepoužijeme XGBoost", undefined],
    ["Sistema de recomendación, datos de usuarios, und und und ist", undefined],
    ["Systemet kjører på egne maskiner, og det er ikke alltid klart", undefined],
  ])("names the language of %j as %s", (text, language) => {
    expect(languageOf(text)).toBe(language);
  });
});
