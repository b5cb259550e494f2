"""Writes schedules.txt beside it: the learning rates of PyTorch's schedulers.

    python tests/golden/schedules.py

A line is: case, the rates of steps 0, 1, 2, ... of 20.
"""
import pathlib
import warnings

import torch
from torch.optim import lr_scheduler as s

warnings.simplefilter("ignore")
STEPS, BASE = 20, 0.1


def warmed(o):
    first = s.LinearLR(o, start_factor=1 / 6, total_iters=5)
    return s.SequentialLR(o, [first, s.CosineAnnealingLR(o, T_max=STEPS - 5, eta_min=0.01)], milestones=[5])


CASES = {
    "step": lambda o: s.StepLR(o, step_size=6, gamma=0.3),
    "cosine": lambda o: s.CosineAnnealingLR(o, T_max=STEPS, eta_min=0.01),
    "one-cycle": lambda o: s.OneCycleLR(
        o, max_lr=0.8, total_steps=STEPS, pct_start=0.3, div_factor=8, final_div_factor=1e4, cycle_momentum=False
    ),
    "warmup-cosine": warmed,
}

lines = [f"# torch {torch.__version__}"]
for name, make in CASES.items():
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=BASE)
    schedule, rates = make(optimizer), []
    for _ in range(STEPS):
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        schedule.step()
    lines.append(" ".join([name, *(f"{r:.10g}" for r in rates)]))
pathlib.Path(__file__).with_suffix(".txt").write_text("\n".join(lines) + "\n")
