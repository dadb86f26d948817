"""What sheets and question files may hold, as JSON Schema for editors.

Made from the very models that read the files, so that an editor's red line and a fault
of `sourcebook check` cannot part ways. A schema knows shapes and closed lists; whether
a quote stands in its document is for `check`.
"""

import json
from typing import Any

from pydantic import BaseModel

from sourcebook.checking.book_check import Report
from sourcebook.coding.schema import Sheet
from sourcebook.coding.sheets import LISTS
from sourcebook.comparing.question_files import Chapter

FILES: dict[str, tuple[type[BaseModel], str]] = {
    "seeds/sheet.schema.json": (Sheet, "A source's sheet"),
    "seeds/sheet-part.schema.json": (Sheet, "A further file of a sheet"),
    "book/questions/questions.schema.json": (Chapter, "A chapter's questions"),
}
PRINTED: dict[str, tuple[type[BaseModel], str]] = {
    "check": (Report, "What `sourcebook check --json` prints")
}


def schema_text(name: str) -> str:
    """Return the JSON Schema of one of `FILES` or `PRINTED`."""
    model, title = {**FILES, **PRINTED}[name]
    schema = _plain(model.model_json_schema())
    schema["title"] = title
    if model is Sheet:
        for field in LISTS:  # may stand empty
            schema["properties"][field]["type"] = ["array", "null"]
    if name == "seeds/sheet-part.schema.json":
        schema["properties"] = {field: schema["properties"][field] for field in LISTS}
        del schema["required"]
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return json.dumps({**head, **schema}, indent=1, ensure_ascii=False) + "\n"


def _plain(node: Any) -> Any:  # noqa: ANN401 - JSON of any shape
    """Return a schema without the titles that only repeat the names of fields."""
    if isinstance(node, list):
        return [_plain(each) for each in node]
    if not isinstance(node, dict):
        return node
    return {
        key: _plain(value)
        for key, value in node.items()
        if not (key == "title" and isinstance(value, str))
    }
