"""A network from a .safetensors export in PyTorch, batch 1, one thread.

    python3 bench/peers/infer_torch.py FILE FEATURES NODES CHANNELS ROUNDS

Prints {"firstAt": milliseconds since the epoch, "logits", "median", "p95" in microseconds}.
"""

import json
import struct
import sys
import time

import torch


def read_safetensors(path):
    with open(path, "rb") as file:
        data = bytearray(file.read())
    (length,) = struct.unpack_from("<Q", data)
    header = json.loads(data[8 : 8 + length])
    metadata = header.pop("__metadata__")
    tensors = {}
    for name, entry in header.items():
        start, end = entry["data_offsets"]
        part = memoryview(data)[8 + length + start : 8 + length + end]
        tensors[name] = torch.frombuffer(part, dtype=torch.float32).reshape(entry["shape"])
    return tensors, json.loads(metadata["layers"])


def build(tensors, layers):
    mean, inverse_deviation = tensors["features.mean"], tensors["features.inverse-deviation"]
    steps = []
    for layer in layers:
        make = dense if layer["kind"] == "dense" else graph_convolution
        steps.append(make(tensors, layer["name"], layer))

    def network(features):
        x = ((features - mean) * inverse_deviation).clamp(-6, 6)
        for step in steps:
            x = step(x)
        return x

    return network


def dense(tensors, name, layer):
    weight, bias = tensors[f"{name}.weight"], tensors[f"{name}.bias"]
    rectify = layer["activation"] == "relu"

    def step(x):
        y = torch.addmv(bias, weight, x.reshape(-1))
        return y.relu() if rectify else y

    return step


def graph_convolution(tensors, name, layer):
    attention, filters, bias = (tensors[f"{name}.{part}"] for part in ("attention", "filters", "bias"))
    heads, out, _ = attention.shape
    joined = filters.reshape(-1, filters.shape[2])
    rectify = layer["activation"] == "relu"

    def step(x):
        z = torch.matmul(attention, x)  # [heads][nodes][channels]
        if layer["combine"] == "sum":
            y = torch.addmm(bias, z.permute(1, 0, 2).reshape(out, -1), joined)
        else:
            y = torch.bmm(z, filters).permute(1, 0, 2).reshape(out, -1) + bias
        return y.relu() if rectify else y

    return step


def measure(run, inputs, rounds):
    times = []
    for index in range(2 * rounds):
        start = time.perf_counter()
        run(inputs[index % len(inputs)])
        times.append(1e6 * (time.perf_counter() - start))
    times = sorted(times[rounds:])
    return {"median": times[rounds // 2], "p95": times[int(rounds * 0.95)]}


def main():
    file, features, nodes, channels, rounds = sys.argv[1:]
    torch.set_num_threads(1)
    with open(features, "rb") as source:
        inputs = torch.frombuffer(bytearray(source.read()), dtype=torch.float32)
    inputs = inputs.reshape(-1, int(nodes), int(channels))[2:]  # after mean and inverse deviation
    run = build(*read_safetensors(file))
    with torch.inference_mode():
        logits = run(inputs[0]).tolist()
        first_at = 1000 * time.time()
        latency = measure(run, inputs, int(rounds)) if int(rounds) > 0 else {}
    print(json.dumps({"firstAt": first_at, "logits": logits, **latency}))


if __name__ == "__main__":
    main()
