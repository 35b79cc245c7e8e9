#!/usr/bin/env bash
# MuJoCo 4.0.0: one NaN control switches off all actuators, and the simulation goes on
#
# Guess: a NaN in `ctrl` spreads into the accelerations (and the state is reset), or at least is that actuator's own
#   affair.
# Seen: with the controls 1, NaN, 1 all three actuator forces are 0 in that step, positions stay finite, and `ctrl`
#   still holds 1, NaN, 1. Infinity and 1e11 do the same, unless the actuator has a ctrlrange: then they are clipped
#   and work.
# Why the guess misses: controls are checked before forces are computed, and a bad one empties the whole vector for
#   the step. The only traces are a counter in `warning` and a line in a log file.
# For neuroevolution: a network that gives NaN now and then gets a finite return, that of a limp body, and can win
#   where moving is punished. Check the outputs, or end the episode when the counter of mjWARN_BADCTRL rises.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check mujoco-core==4.0.0 numpy==2.4.6 || exit 2

cd "$folder" # where the library writes its log
"$folder/venv/bin/python" - 2>/dev/null <<'END'
import sys
import mujoco
import numpy as np

arm = """<body pos="{0} 0 0"><joint name="j{0}" type="hinge" axis="0 1 0"/>
         <geom type="capsule" size=".05" fromto="0 0 0 0 0 .6"/></body>"""
motor = '<motor joint="j{0}" {1}/>'


def forces(controls, limits=""):
    model = mujoco.MjModel.from_xml_string(
        "<mujoco><worldbody>" + "".join(arm.format(i) for i in range(3)) + "</worldbody><actuator>"
        + "".join(motor.format(i, limits) for i in range(3)) + "</actuator></mujoco>")
    data = mujoco.MjData(model)
    data.ctrl[:] = controls
    mujoco.mj_step(model, data)
    warnings = data.warning[mujoco.mjtWarning.mjWARN_BADCTRL].number
    print(f"ctrl {data.ctrl} {limits}: forces {data.actuator_force}, warnings {warnings}, "
          f"positions finite: {np.isfinite(data.qpos).all()}")
    return data.actuator_force.tolist()


limits = 'ctrllimited="true" ctrlrange="-1 1"'
good, nan, infinite, huge = (forces([1, c, 1]) for c in (1, np.nan, np.inf, 1e11))
limited, limited_nan = forces([1, np.inf, 1], limits), forces([1, np.nan, 1], limits)
sys.exit(0 if good == limited == [1, 1, 1] and nan == infinite == huge == limited_nan == [0, 0, 0] else 1)
END
