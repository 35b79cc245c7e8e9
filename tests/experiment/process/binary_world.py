"""A world in binary messages: each episode counts up from its seed modulo 10 by the action, and ends beyond 15."""

import struct
import sys

state = []
hello = '{"protocol": 1, "style": "world", "framing": "binary", "inputs": ["n"], "outputs": ["add"], "low": [0], ' \
    '"high": [4], "deterministic": false, "batch": 3, "step_limit": 20, "behaviour": ["n", "steps"]}\n'


def send(kind, body):
    sys.stdout.buffer.write(struct.pack("<III", len(body) + 8, kind, request) + body)
    sys.stdout.buffer.flush()


sys.stdout.buffer.write(hello.encode())
sys.stdout.buffer.flush()
while head := sys.stdin.buffer.read(4):
    body = sys.stdin.buffer.read(*struct.unpack("<I", head))
    kind, request, count = struct.unpack_from("<III", body)
    if kind == 3:
        seeds = struct.unpack_from(f"<{count}Q", body, 12)
        state = [[float(seed % 10), 0] for seed in seeds]
        send(4, struct.pack(f"<{count}f", *[n for n, _ in state]))
    else:
        lanes = struct.unpack_from(f"<{count}I", body, 12)
        actions = struct.unpack_from(f"<{count}f", body, 12 + 4 * count)
        for lane, action in zip(lanes, actions):
            assert state[lane][0] <= 15, "an episode that is over is not stepped"
            state[lane][0] += action
            state[lane][1] += 1
        rows = [state[lane] for lane in lanes]
        reply = struct.pack(f"<{count}f", *[n for n, _ in rows]) + struct.pack(f"<{count}d", *[1.0 for _ in rows])
        reply += struct.pack(f"<{count}I", *[int(n > 15) for n, _ in rows])
        reply += b"".join(struct.pack("<2d", n, steps) for n, steps in rows)
        send(6, reply)
