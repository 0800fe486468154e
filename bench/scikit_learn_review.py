"""Train and evaluate twice (base and head) with scikit-learn: the peer of `modelsync review`.

Reads the example's CSV, splits 25 % off, imputes, one-hot encodes, standardises, fits a logistic regression and
computes the same metrics, once for each revision. It does less than a review: no paired test, no drift, no report.

usage: python scikit_learn_review.py CSV TARGET POSITIVE EXCLUDED_BASE EXCLUDED_HEAD   (comma-separated column names)
"""
import sys

import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, average_precision_score, f1_score, log_loss, recall_score, roc_auc_score
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler


def run(path, target, positive, exclude):
    frame = pd.read_csv(path, na_values=["?"])
    y = (frame[target].astype(str) == positive).astype(int)
    x = frame.drop(columns=[target, *exclude])
    numeric = list(x.select_dtypes("number").columns)
    categorical = [column for column in x.columns if column not in numeric]
    steps = [("n", make_pipeline(SimpleImputer(strategy="median"), StandardScaler()), numeric)]
    if categorical:
        encode = OneHotEncoder(handle_unknown="ignore")
        steps.append(("c", make_pipeline(SimpleImputer(strategy="constant", fill_value="(missing)"), encode), categorical))
    model = make_pipeline(ColumnTransformer(steps), LogisticRegression(C=1.0, max_iter=1000))
    x_train, x_test, y_train, y_test = train_test_split(x, y, test_size=0.25, random_state=42, stratify=y)
    model.fit(x_train, y_train)
    p = model.predict_proba(x_test)[:, 1]
    label = (p > 0.5).astype(int)
    return {
        "roc_auc": roc_auc_score(y_test, p),
        "average_precision": average_precision_score(y_test, p),
        "accuracy": accuracy_score(y_test, label),
        "recall": recall_score(y_test, label),
        "f1": f1_score(y_test, label),
        "log_loss": log_loss(y_test, p),
    }


if __name__ == "__main__":
    path, target, positive, base, head = sys.argv[1:6]
    for excluded in (base, head):
        print(run(path, target, positive, [name for name in excluded.split(",") if name]))
