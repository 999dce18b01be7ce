"""The same form as the bytes of an .xlsx, a .csv and a Markdown file."""

import csv
from collections.abc import Mapping, Sequence
from io import BytesIO, StringIO

from openpyxl import Workbook

Cells = Sequence[object]
Sheets = Mapping[str, Sequence[Cells]]

SURVEY: list[Cells] = [
    ("type", "name", "label::Dansk (da)", "label::English (en)"),
    ("select_one degree", "health", "Kan du klare din dag?", "Can you manage your day?"),
    ("text", "more", "Vil du sige mere?", "Would you like to say more?"),
]
CHOICES: list[Cells] = [
    ("list_name", "name", "label::Dansk (da)", "label::English (en)", "score"),
    ("degree", 1, "slet ikke", "not at all", 1),
    ("degree", 2, "helt", "completely", 2),
]
SETTINGS: list[Cells] = [
    ("form_id", "form_title::Dansk (da)", "form_title::English (en)", "default_language"),
    ("small", "En lille en", "A small one", "Dansk (da)"),
]


def form(
    survey: Sequence[Cells] = SURVEY,
    choices: Sequence[Cells] = CHOICES,
    settings: Sequence[Cells] = SETTINGS,
    **more: Sequence[Cells],
) -> dict[str, Sequence[Cells]]:
    return {"survey": survey, "choices": choices, "settings": settings, **more}


def as_workbook(sheets: Sheets) -> Workbook:
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    return workbook


def saved(workbook: Workbook) -> bytes:
    file = BytesIO()
    workbook.save(file)
    return file.getvalue()


def as_xlsx(sheets: Sheets) -> bytes:
    return saved(as_workbook(sheets))


def as_csv(sheets: Sheets, delimiter: str = ",") -> bytes:
    text = StringIO()
    writer = csv.writer(text, delimiter=delimiter)
    for name, rows in sheets.items():
        writer.writerow([name])
        writer.writerows(["", *row] for row in rows)
    return text.getvalue().encode()


def as_markdown(sheets: Sheets) -> bytes:
    lines: list[str] = []
    for name, rows in sheets.items():
        lines.append(f"| {name} |")
        lines += ["| | " + " | ".join(str(cell).replace("|", r"\|") for cell in row) + " |" for row in rows]
        lines.append("")
    return "\n".join(lines).encode()
