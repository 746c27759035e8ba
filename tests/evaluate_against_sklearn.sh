#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Reports and matrices are scikit-learn's, to the byte; intervals are scipy's.
set -eu
. "${srcdir:-.}/tests/python.sh"
find_python sklearn,scipy python3-sklearn
"$python" -W ignore - <<'EOF'
import math
import random
import subprocess

from scipy.stats import binomtest
from sklearn.metrics import classification_report, confusion_matrix


def ask(what, text):
    return subprocess.run(["tests/for_python", what], input=text, text=True,
                          encoding="utf-8", stdout=subprocess.PIPE,
                          check=True).stdout


def draw_case(draw):
    """Class names, true and predicted labels, of which some are absent."""
    n_classes = draw.choice([1, 2, 3, 10, 25])
    names = [draw.choice(["%d", "class %d", "n\u00f1 \u6570 %d",
                          "a name longer than any heading %d"]) % c
             for c in range(n_classes)]
    true_classes = draw.sample(range(n_classes), draw.randint(1, n_classes))
    predicted_classes = draw.sample(range(n_classes),
                                    draw.randint(1, n_classes))
    n_samples = draw.choice([1, 7, 101, 997])
    truth = [draw.choice(true_classes) for _ in range(n_samples)]
    predicted = [t if draw.random() < 0.6 and t in predicted_classes
                 else draw.choice(predicted_classes) for t in truth]
    if not any(t == p for t, p in zip(truth, predicted)):
        return draw_case(draw)  # scikit-learn then prints counts as 7.0
    return names, truth, predicted


def hangs_on_the_last_bit(numbers, digits):
    """One that lies between two texts: sums and the F1 of versions differ."""
    scaled = [number * 10**digits % 1 for number in numbers]
    return any(abs(part - 0.5) < 1e-6 for part in scaled)


def check_report(names, truth, predicted, digits):
    present = sorted(set(truth) | set(predicted))
    shown = [names[c] for c in present]
    how = dict(target_names=shown, zero_division=0)
    table = classification_report(truth, predicted, output_dict=True, **how)
    lines = [table[name] for name in shown + ["macro avg", "weighted avg"]]
    if hangs_on_the_last_bit([line[key] for line in lines
                              for key in ("precision", "recall", "f1-score")],
                             digits):
        return False
    case = "%d %d %d\n%s\n%s\n" % (
        len(names), len(truth), digits, "\n".join(names),
        "\n".join("%d %d" % pair for pair in zip(truth, predicted)))
    got = ask("report", case)
    text = classification_report(truth, predicted, digits=digits, **how)
    assert got.startswith(text + "\n"), (got, text)
    rest = got[len(text) + 1:].splitlines()

    n = len(names)
    matrix = [[int(count) for count in row.split()] for row in rest[:n]]
    expected = confusion_matrix(truth, predicted, labels=range(n))
    assert matrix == expected.tolist(), (matrix, expected)

    numbers = [[float(number) for number in row.split()] for row in rest[n:]]
    for row, line in zip([numbers[c] for c in present] + numbers[n:], lines):
        for number, key in zip(row, ("precision", "recall", "f1-score",
                                     "support")):
            assert math.isclose(number, line[key], rel_tol=1e-14), (row, line)
    assert numbers[n + 2] == [table["accuracy"]], (numbers, table)
    return True


draw = random.Random(1)
checked = {digits: sum(check_report(*draw_case(draw), digits)
                       for _ in range(40)) for digits in (0, 2, 4, 13)}
print("reports checked by digits:", checked)
assert min(checked.values()) >= 20

cases = [(k, n, confidence) for n in (1, 2, 10, 263, 10000)
         for k in sorted({0, 1, n // 3, n - 1, n})
         for confidence in (0.5, 0.95, 0.999)]
answers = ask("wilson", "".join("%d %d %.17g\n" % case for case in cases))
for (k, n, confidence), answer in zip(cases, answers.splitlines()):
    low, high = (float(limit) for limit in answer.split())
    expected = binomtest(k, n).proportion_ci(confidence, method="wilson")
    assert abs(low - expected.low) < 1e-14, (k, n, confidence, answer)
    assert abs(high - expected.high) < 1e-14, (k, n, confidence, answer)
print("intervals checked:", len(answers.splitlines()))
assert len(answers.splitlines()) == len(cases)
EOF
