"""Runs commands in turn, in random order, with posix_spawn and wait4: the wall and CPU time of each, in milliseconds,
and the peak of its resident memory, in kB (never less than this program's own).

Standard input: {"commands": [{"words", "env", "cwd", "input", "expected"}], "rounds": n}, as JSON.
Standard output: one list per round of [wall, cpu, memory] for each command. Python, because starting a process from Node costs
more than what is measured, and Node tells nothing of the CPU of its children.
"""

import json
import os
import random
import sys
import tempfile
import time


def opened(text):
    if text is None:
        return os.open(os.devnull, os.O_RDONLY)
    file = tempfile.TemporaryFile()
    file.write(text.encode())
    file.flush()
    return os.dup(file.fileno())


def run(command):
    os.lseek(command["fd"], 0, os.SEEK_SET)
    actions = [
        (os.POSIX_SPAWN_DUP2, command["fd"], 0),
        (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
        (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
    ]
    os.chdir(command["cwd"])
    words = command["words"]
    start = time.perf_counter()
    pid = os.posix_spawn(words[0], words, command["env"], file_actions=actions)
    _, status, usage = os.wait4(pid, 0)
    wall = time.perf_counter() - start
    code = os.waitstatus_to_exitcode(status)
    if code not in command["expected"]:
        sys.exit(f"{' '.join(words)[:200]} ended with {code}")
    memory = usage.ru_maxrss if sys.platform == "linux" else usage.ru_maxrss / 1024
    return [wall * 1000, (usage.ru_utime + usage.ru_stime) * 1000, memory]


def main():
    job = json.load(sys.stdin)
    commands = job["commands"]
    for command in commands:
        command["fd"] = opened(command.get("input"))
        run(command)
    rounds = []
    for _ in range(job["rounds"]):
        times = [None] * len(commands)
        for at in random.sample(range(len(commands)), len(commands)):
            times[at] = run(commands[at])
        rounds.append(times)
    json.dump(rounds, sys.stdout)


main()
