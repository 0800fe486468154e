"""Read, preprocess, train and evaluate with scikit-learn: the peer of train-once.ts. usage: python scikit_learn_train.py CSV"""
import sys

import pandas as pd
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, average_precision_score, brier_score_loss, f1_score, log_loss, roc_auc_score
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

frame = pd.read_csv(sys.argv[1])
y = (frame["y"] == "yes").astype(int)
x_train, x_test, y_train, y_test = train_test_split(frame.drop(columns="y"), y, test_size=0.25, random_state=42, stratify=y)
model = make_pipeline(SimpleImputer(strategy="median"), StandardScaler(), LogisticRegression(C=1.0, max_iter=1000))
model.fit(x_train, y_train)
p = model.predict_proba(x_test)[:, 1]
label = (p > 0.5).astype(int)
print(
    roc_auc_score(y_test, p),
    average_precision_score(y_test, p),
    accuracy_score(y_test, label),
    f1_score(y_test, label),
    log_loss(y_test, p),
    brier_score_loss(y_test, p),
)
