"""Writes optimizers.txt beside it: parameters after every step of PyTorch's optimisers, in float64.

    python tests/golden/optimizers.py

Parameter i starts at 0.5 * (i + 1) * (-1)^i; its gradient in step t (from 0) is sin(1.3 i + 0.7 t) * 10^(i - 2).
A line is: case, step (from 1), the five parameters.
"""
import math
import pathlib

import torch

CASES = {
    "sgd": lambda p: torch.optim.SGD(p, lr=0.1),
    "sgd-decay": lambda p: torch.optim.SGD(p, lr=0.1, weight_decay=0.01),
    "sgd-momentum": lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9, weight_decay=0.01),
    "sgd-nesterov": lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9, nesterov=True, weight_decay=0.01),
    "adam": lambda p: torch.optim.Adam(p, lr=0.01),
    "adam-decay": lambda p: torch.optim.Adam(p, lr=0.01, betas=(0.8, 0.99), eps=1e-3, weight_decay=0.05),
    "adamw": lambda p: torch.optim.AdamW(p, lr=0.01),
    "adamw-decay": lambda p: torch.optim.AdamW(p, lr=0.01, betas=(0.8, 0.99), eps=1e-3, weight_decay=0.5),
    "rmsprop": lambda p: torch.optim.RMSprop(p, lr=0.01),
    "rmsprop-momentum": lambda p: torch.optim.RMSprop(p, lr=0.01, alpha=0.9, eps=1e-3, momentum=0.5, weight_decay=0.05),
}

lines = [f"# torch {torch.__version__}"]
for name, make in CASES.items():
    p = torch.tensor([0.5 * (i + 1) * (-1) ** i for i in range(5)], dtype=torch.float64, requires_grad=True)
    optimizer = make([p])
    for t in range(8):
        p.grad = torch.tensor([math.sin(1.3 * i + 0.7 * t) * 10.0 ** (i - 2) for i in range(5)], dtype=torch.float64)
        optimizer.step()
        lines.append(" ".join([name, str(t + 1), *(f"{x:.12g}" for x in p.tolist())]))
pathlib.Path(__file__).with_suffix(".txt").write_text("\n".join(lines) + "\n")
