# SPDX-License-Identifier: MIT
# meson's testlog.json as lines "ok PROGRAM /path" and "not ok PROGRAM /path"; a program that failed or that does not
# speak TAP is a line of its own. Some tests have the seed of the day in their names.
import json
import re
import sys

for line in open(sys.argv[1]):
    test = json.loads(line)
    name = test["name"].split(" / ")[-1]
    if test["result"] in ("SKIP", "EXPECTEDFAIL"):
        continue
    print("ok" if test["result"] == "OK" else "not ok", name)
    for verdict, path, rest in re.findall(r"^(ok|not ok) \d+ (\S+)(.*)$", test.get("stdout", ""), re.M):
        if "# SKIP" not in rest:
            print(verdict, name, re.sub(r"/seed:\d+$", "", path))
