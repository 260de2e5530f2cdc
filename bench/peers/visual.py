"""Search by photo: one epoch of the same residual network in PyTorch, the checker of the onnx package, and vectors in onnxruntime.

PyTorch is not among the requirements, because it is larger than all of them together: `pip install torch` into the bench's environment.
"""

import time

from serve import serve


def network(nn, functional, width):
    class Block(nn.Module):
        def __init__(self, channels, filters, stride):
            super().__init__()
            self.first = nn.Conv2d(channels, filters, 3, stride, 1, bias=False)
            self.first_norm = nn.BatchNorm2d(filters)
            self.second = nn.Conv2d(filters, filters, 3, 1, 1, bias=False)
            self.second_norm = nn.BatchNorm2d(filters)
            straight = stride == 1 and channels == filters
            self.shortcut = (
                nn.Identity()
                if straight
                else nn.Sequential(nn.Conv2d(channels, filters, 1, stride, bias=False), nn.BatchNorm2d(filters))
            )

        def forward(self, photos):
            inner = functional.relu(self.first_norm(self.first(photos)))
            return functional.relu(self.second_norm(self.second(inner)) + self.shortcut(photos))

    stem = [nn.Conv2d(3, width, 3, 2, 1, bias=False), nn.BatchNorm2d(width), nn.ReLU()]
    blocks = [Block(width, width, 1), Block(width, 2 * width, 2), Block(2 * width, 4 * width, 2), Block(4 * width, 8 * width, 2)]
    return nn.Sequential(*stem, *blocks, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(8 * width, 128), nn.Linear(128, 10))


def has_torch():
    import importlib.util

    return {"installed": 0 if importlib.util.find_spec("torch") is None else 1}


def epoch(photos, size, width, batch):
    import torch
    from torch import nn
    from torch.nn import functional

    torch.manual_seed(0)
    torch.set_num_threads(2)
    model = network(nn, functional, width)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.05, momentum=0.9, weight_decay=5e-4)
    pixels = torch.rand(photos, 3, size, size)
    labels = torch.randint(0, 10, (photos,))
    start = time.perf_counter()
    for first in range(0, photos, batch):
        loss = functional.cross_entropy(model(pixels[first : first + batch]), labels[first : first + batch], label_smoothing=0.1)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return {"seconds": time.perf_counter() - start}


def check(file):
    import onnx

    model = onnx.load(file)
    onnx.checker.check_model(model, full_check=True)
    return {"accepted": 1}


def compare(file, photos, vectors, count, size, channels):
    """The largest difference of any number of the vectors from what onnxruntime makes of the same photos with the file."""
    import numpy as np
    import onnxruntime

    session = onnxruntime.InferenceSession(file, providers=["CPUExecutionProvider"])
    given = np.fromfile(photos, dtype=np.float32).reshape(count, channels, size, size)
    theirs = np.concatenate([session.run(None, {session.get_inputs()[0].name: given[n : n + 1]})[0] for n in range(count)])
    ours = np.fromfile(vectors, dtype=np.float32).reshape(theirs.shape)
    return {"difference": float(np.abs(ours - theirs).max())}


serve(has_torch=has_torch, epoch=epoch, check=check, compare=compare)
