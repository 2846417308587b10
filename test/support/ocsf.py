"""Validates OCSF events, one JSON object a line on stdin, against the published schema. Needs ocsf-json-schema and jsonschema."""

import json
import sys

try:
    from jsonschema import Draft202012Validator
    from ocsf_json_schema import OcsfJsonSchemaEmbedded, get_ocsf_schema
except ImportError:
    sys.exit("install the schema: pip install ocsf-json-schema jsonschema (GUARD_TEST_PYTHON names the python that has them)")

CLASSES = {1007: "process_activity", 2004: "detection_finding", 3004: "entity_management"}

schemas = OcsfJsonSchemaEmbedded(get_ocsf_schema(version="1.8.0"))
validators = {uid: Draft202012Validator(schemas.get_class_schema(name)) for uid, name in CLASSES.items()}
valid = 0
for line in sys.stdin:
    event = json.loads(line)
    faults = [f"{list(fault.path)}: {fault.message}" for fault in validators[event["class_uid"]].iter_errors(event)]
    if faults:
        sys.exit(f"{event['class_uid']}: {faults}")
    valid += 1
print(f"{valid} valid")
