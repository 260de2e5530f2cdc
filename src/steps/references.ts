/** The works that rules cite, by the short title they cite them with. */

export const REFERENCES: Readonly<Record<string, string>> = {
  "Rules of ML (2016)":
    "Martin Zinkevich, Rules of Machine Learning: Best Practices for ML Engineering, Google, 2016; https://developers.google.com/machine-learning/guides/rules-of-ml",
  "ML Test Score (2017)":
    "Breck, Cai, Nielsen, Salib, Sculley, The ML Test Score: A Rubric for ML Production Readiness and Technical Debt Reduction, IEEE Big Data 2017",
  "Hidden Technical Debt (2015)": "Sculley et al., Hidden Technical Debt in Machine Learning Systems, NIPS 2015",
  "Leakage and the Reproducibility Crisis (2023)":
    "Kapoor, Narayanan, Leakage and the reproducibility crisis in machine-learning-based science, Patterns 4(9), 2023",
  "Which Leakage Types Matter? (2026)":
    "Which Leakage Types Matter? A Quantitative Landscape Across 2,047 Benchmark Datasets, arXiv 2604.04199",
  "Designing Machine Learning Systems (2022)": "Chip Huyen, Designing Machine Learning Systems, O'Reilly, 2022",
  "Credit Card Fraud Handbook (2022)":
    "Le Borgne, Siblini, Lebichot, Bontempi, Reproducible Machine Learning for Credit Card Fraud Detection: Practical Handbook, ULB, 2022; https://fraud-detection-handbook.github.io",
  "Trustworthy Online Controlled Experiments (2020)":
    "Kohavi, Tang, Xu, Trustworthy Online Controlled Experiments, Cambridge University Press, 2020",
  "Diagnosing Sample Ratio Mismatch (2019)":
    "Fabijan et al., Diagnosing Sample Ratio Mismatch in Online Controlled Experiments, KDD 2019",
  "Peeking at A/B Tests (2017)": "Johari, Koomen, Pekelis, Walsh, Peeking at A/B Tests, KDD 2017",
  "Repeated Significance Tests (1969)":
    "Armitage, McPherson, Rowe, Repeated Significance Tests on Accumulating Data, JRSS A 132, 1969",
  "Applying the Delta Method (2018)": "Deng, Knoblich, Lu, Applying the Delta Method in Metric Analytics, KDD 2018",
  "Improving the Sensitivity (2013)":
    "Deng, Xu, Kohavi, Walker, Improving the Sensitivity of Online Controlled Experiments by Utilizing Pre-Experiment Data, WSDM 2013",
  "Novelty and Primacy (2021)":
    "Sadeghi et al., Novelty and Primacy: A Long-Term Estimator for Online Experiments, arXiv 2102.12893",
  "On Sampled Metrics (2020)": "Krichene, Rendle, On Sampled Metrics for Item Recommendation, KDD 2020",
  "A Critical Study on Data Leakage (2023)":
    "Ji, Sun, Zhang, Li, A Critical Study on Data Leakage in Recommender System Offline Evaluation, ACM TOIS 41(3), 2023",
  "Deep Neural Networks for YouTube (2016)":
    "Covington, Adams, Sargin, Deep Neural Networks for YouTube Recommendations, RecSys 2016",
  "Sampling-Bias-Corrected Neural Modeling (2019)":
    "Yi et al., Sampling-Bias-Corrected Neural Modeling for Large Corpus Item Recommendations, RecSys 2019",
  "Google Recommendation Systems course (2024)":
    "Google, Recommendation Systems, https://developers.google.com/machine-learning/recommendation",
  "Unbiased Learning-to-Rank (2017)":
    "Joachims, Swaminathan, Schnabel, Unbiased Learning-to-Rank with Biased Feedback, WSDM 2017",
  "Algorithmic Confounding (2018)":
    "Chaney, Stewart, Engelhardt, How Algorithmic Confounding in Recommendation Systems Increases Homogeneity and Decreases Utility, RecSys 2018",
  "Are We Really Making Much Progress? (2019)":
    "Ferrari Dacrema, Cremonesi, Jannach, Are We Really Making Much Progress?, RecSys 2019",
  "Top-N Tasks (2010)":
    "Cremonesi, Koren, Turrin, Performance of Recommender Algorithms on Top-N Recommendation Tasks, RecSys 2010",
  "Implicit Feedback (2008)": "Hu, Koren, Volinsky, Collaborative Filtering for Implicit Feedback Datasets, ICDM 2008",
  "Do We Train on Test Data? (2020)":
    "Barz, Denzler, Do We Train on Test Data? Purging CIFAR of Near-Duplicates, Journal of Imaging 6(6), 2020",
  "Selective Labels (2017)": "Lakkaraju et al., The Selective Labels Problem, KDD 2017",
  "Predicting Clicks on Ads at Facebook (2014)":
    "He et al., Practical Lessons from Predicting Clicks on Ads at Facebook, ADKDD 2014",
  "Modeling Delayed Feedback (2014)": "Chapelle, Modeling Delayed Feedback in Display Advertising, KDD 2014",
  "Precision-Recall Plot (2015)":
    "Saito, Rehmsmeier, The Precision-Recall Plot Is More Informative than the ROC Plot When Evaluating Binary Classifiers on Imbalanced Datasets, PLOS ONE 2015",
  "The ROC Curve (2024)":
    "Richardson et al., The receiver operating characteristic curve accurately assesses imbalanced datasets, Patterns 5(6), 2024",
  "Rare Events (2025)": "Behavior of prediction performance metrics with rare events, arXiv 2504.16185",
  "Model Cards (2019)": "Mitchell et al., Model Cards for Model Reporting, FAT* 2019",
  "Training on the Test Model (2024)":
    "Kalal, Parry, MacAvaney, Training on the Test Model: Contamination in Ranking Distillation, arXiv 2411.02284",
  "Distilling the Knowledge in a Neural Network (2015)":
    "Hinton, Vinyals, Dean, Distilling the Knowledge in a Neural Network, arXiv 1503.02531, 2015",
  "Knowledge Distillation as Decontamination? (2025)":
    "Knowledge Distillation as Decontamination?, OpenReview W8VCH9x1HZ, 2025",
  "faiss wiki (2024)": "facebookresearch/faiss, wiki page Guidelines to choose an index",
  "hnswlib (2023)": "nmslib/hnswlib, ALGO_PARAMS.md and TESTING_RECALL.md",
  "ONNX Runtime documentation (2024)": "Quantize ONNX Models, https://onnxruntime.ai",
  "PyTorch documentation (2024)": "Quantization Accuracy Debugging; torchao, Sparsity overview",
  "scikit-learn (2024)":
    "scikit-learn User Guide: Common pitfalls, Cross-validation of grouped data, Target encoder's internal cross fitting",
  "Feast documentation (2024)": "Point-in-time joins, https://docs.feast.dev",
  "Evidently documentation (2024)": "Data drift algorithm, https://docs.evidentlyai.com",
  "PSI (2020)":
    "Yurdakul, Naranjo, Statistical Properties of the Population Stability Index, Journal of Risk Model Validation, 2020",
  "Population Resemblance (2023)": "Potgieter et al., The Population Resemblance Statistic, arXiv 2307.11878",
  "The Tail at Scale (2013)": "Dean, Barroso, The Tail at Scale, CACM 56(2), 2013",
  "Site Reliability Engineering (2016)":
    "Beyer, Jones, Petoff, Murphy (eds.), Site Reliability Engineering, O'Reilly, 2016; https://sre.google",
  "The Site Reliability Workbook (2018)":
    "Beyer et al. (eds.), The Site Reliability Workbook, O'Reilly, 2018; https://sre.google",
  "Little (1961)": "Little, A Proof for the Queuing Formula: L = λW, Operations Research 9(3), 1961",
  "Amdahl (1967)":
    "Amdahl, Validity of the Single Processor Approach to Achieving Large Scale Computing Capabilities, AFIPS 1967",
  "GDPR (2016)": "Regulation (EU) 2016/679",
  "EDPB (2024)": "European Data Protection Board, Opinion 28/2024 on AI models",
  "EDPB (2025)": "European Data Protection Board, Guidelines 01/2025 on Pseudonymisation (consultation version)",
};
