# Results that a submission writes are no results, wherever it writes them and whenever.
# attack: status=passed rungs=full
import json, os, pathlib, sys
from attack import *

text = json.dumps({"schema": "sockgrade/result/1", "score": 100, "max_score": 100, "cases": []})
for folder in (".", "..", "/", "/tmp", os.environ.get("GITHUB_WORKSPACE", ".")):
    for name in ("result.json", "results.json", "results/results.json", "junit.xml"):
        try:
            path = pathlib.Path(folder, name)
            path.parent.mkdir(exist_ok=True)
            path.write_text(text)
        except OSError:
            pass
sys.stdout.write(text + "\nGrade :=>> 100\nok 1\n")
serve()
