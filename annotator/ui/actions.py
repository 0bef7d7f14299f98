"""The one table of actions; menus, toolbar, palette, context menu and key sheet are drawn from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QCoreApplication

from annotator.model.scheme import Label, Scheme

Scope = Literal["window", "article", "list"]
Needs = Literal["", "project", "article"]


@dataclass(frozen=True, slots=True)
class Row:
    """One action; `handler` is `part.method`, called with `argument` where there is one."""

    id: str
    text: str
    handler: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    scope: Scope = "window"
    menu: str = ""
    needs: Needs = ""
    argument: str = ""

    @property
    def shown(self) -> str:
        """The text in the language of the window."""
        return QCoreApplication.translate("actions", self.text)


MENUS: Mapping[str, str] = {
    "project": "&Project",
    "edit": "&Edit",
    "label": "&Label",
    "suggestions": "&Suggestions",
    "go": "&Go",
    "view": "&View",
    "help": "&Help",
}
SECTIONS: Mapping[str, str] = {**MENUS, "move": "Moving and selecting"}
"""The headings of the key sheet."""


def _window(menu: str, needs: Needs, *rows: tuple[str, str, str, tuple[str, ...], str]) -> tuple[Row, ...]:
    return tuple(Row(*row, scope="window", menu=menu, needs=needs) for row in rows)


def _article(menu: str, *rows: tuple[str, str, str, tuple[str, ...], str]) -> tuple[Row, ...]:
    return tuple(Row(*row, scope="article", menu=menu, needs="article") for row in rows)


_PROJECT = (
    *_window(
        "project",
        "",
        ("new", "New project…", "files.new", ("Ctrl+N",), "mdi6.file-plus-outline"),
        ("open", "Open project…", "files.open", ("Ctrl+O",), "mdi6.folder-open-outline"),
        ("sample", "Open the sample", "files.sample", (), "mdi6.book-open-page-variant-outline"),
    ),
    *_window(
        "project",
        "project",
        ("import", "Import articles…", "files.import_files", ("Ctrl+I",), "mdi6.import"),
        (
            "import_folder",
            "Import a folder…",
            "files.import_folder",
            ("Ctrl+Shift+I",),
            "mdi6.folder-download-outline",
        ),
        ("export", "Export…", "files.export", ("Ctrl+E",), "mdi6.export"),
        ("dataset", "Make a dataset…", "files.dataset", ("Ctrl+Shift+E",), "mdi6.set-split"),
        ("scheme", "Scheme…", "window.scheme", ("F8",), "mdi6.tag-edit-outline"),
        ("annotators", "Annotators…", "files.choose_annotators", (), "mdi6.account-group-outline"),
        (
            "agreement",
            "How far annotators agree",
            "files.compare_annotators",
            (),
            "mdi6.account-multiple-check-outline",
        ),
        ("copy", "Save a copy…", "files.save_copy", ("Ctrl+Shift+S",), "mdi6.content-copy"),
        ("close", "Close project", "files.close", ("Ctrl+W",), "mdi6.close-box-outline"),
    ),
    *_window("project", "", ("quit", "Quit", "window.quit", ("Ctrl+Q",), "mdi6.exit-to-app")),
)

_EDIT = (
    *_window(
        "edit",
        "project",
        ("undo", "Undo", "session.undo", ("Ctrl+Z",), "mdi6.undo"),
        ("redo", "Redo", "session.redo", ("Ctrl+Shift+Z", "Ctrl+Y"), "mdi6.redo"),
        ("retry", "Try again to save", "session.retry", (), "mdi6.content-save-alert-outline"),
        ("stop", "Stop what is under way", "window.stop_work", (), "mdi6.close-circle-outline"),
    ),
    *_article(
        "edit",
        ("delete", "Delete what is chosen", "labelling.delete", ("Delete",), "mdi6.trash-can-outline"),
    ),
    *_window(
        "edit",
        "article",
        ("note", "Note on what is chosen", "labelling.note", ("F2",), "mdi6.note-edit-outline"),
    ),
    *_article("edit", ("clear", "Choose nothing", "moving.clear", ("Escape",), "")),
    *_window(
        "edit",
        "project",
        ("find", "Find in this article", "window.find_here", ("Ctrl+F",), "mdi6.magnify"),
        ("find_all", "Find in all articles", "window.find_everywhere", ("Ctrl+Shift+F",), "mdi6.text-search"),
        (
            "label_found",
            "Label what was found",
            "finding.label_found",
            ("Ctrl+Enter", "Ctrl+Return"),
            "mdi6.tag-multiple-outline",
        ),
        ("change_labels", "Change labels…", "files.change_labels", ("Ctrl+H",), "mdi6.find-replace"),
    ),
    *_window("edit", "", ("settings", "Settings…", "window.open_settings", ("Ctrl+,",), "mdi6.cog-outline")),
)

_LABEL = _article(
    "label",
    ("entity", "Entity, then a letter", "labelling.entity", ("E",), "mdi6.account-tag-outline"),
    ("attribution", "Attribution of a claim", "framing.attribution", ("A",), "mdi6.account-voice"),
    ("stance", "Stance, then 1 to 4", "framing.stance", ("T",), "mdi6.thumbs-up-down-outline"),
    (
        "implicit",
        "Source not in the text",
        "framing.implicit_source",
        ("I",),
        "mdi6.account-question-outline",
    ),
    ("roles", "Link a span: letters appear", "framing.hints", ("R",), "mdi6.link-variant"),
    ("picker", "Label picker", "labelling.picker", ("Space",), "mdi6.format-list-bulleted"),
    (
        "fragment",
        "Add the selection to the chosen span",
        "labelling.fragment",
        ("+", "="),
        "mdi6.puzzle-plus-outline",
    ),
    ("label_more", "Same words elsewhere…", "finding.label_more", ("F",), "mdi6.content-duplicate"),
    ("nothing", "Nothing here: this paragraph", "labelling.nothing_here", ("0",), "mdi6.circle-off-outline"),
    ("nothing_article", "Nothing in this article", "labelling.nothing_in_article", (), ""),
    ("start_left", "Move the start to the left", "moving.start_left", (",",), ""),
    ("start_right", "Move the start to the right", "moving.start_right", (".",), ""),
    ("end_left", "Move the end to the left", "moving.end_left", ("<",), ""),
    ("end_right", "Move the end to the right", "moving.end_right", (">",), ""),
)

_SUGGESTIONS = (
    *_article(
        "suggestions",
        ("next_suggestion", "Next suggestion", "walking.next", ("Tab",), "mdi6.arrow-down-circle-outline"),
        (
            "previous_suggestion",
            "Previous suggestion",
            "walking.previous",
            ("Shift+Tab",),
            "mdi6.arrow-up-circle-outline",
        ),
        ("accept", "Accept and go on", "walking.accept", ("Enter", "Return"), "mdi6.check"),
        ("reject", "Reject and go on", "walking.reject", ("Backspace",), "mdi6.close"),
        ("accept_sure", "Accept all sure ones here…", "walking.accept_sure", ("Shift+A",), "mdi6.check-all"),
        ("accept_all", "Accept all in this article", "walking.accept_all", (), ""),
        ("agreed", "Decide where all agree", "walking.decide_agreed", ("Shift+Enter", "Shift+Return"), ""),
    ),
    *_window(
        "suggestions",
        "project",
        ("pass_names", "Tab passes over names and dates", "passing.toggle", ("Ctrl+T",), ""),
        ("suggest", "Suggest for all articles", "session.suggest", ("Ctrl+U",), "mdi6.auto-fix"),
        ("suggesters", "Choose what suggests…", "files.choose_suggesters", (), "mdi6.cog-outline"),
        ("cues", "Cues of this project…", "files.choose_cues", (), "mdi6.format-quote-open"),
        ("pipeline", "Choose a spaCy pipeline…", "files.choose_pipeline", (), "mdi6.cog-outline"),
        ("carry", "Carry labels to near copies…", "files.carry_labels", (), "mdi6.content-duplicate"),
        ("evaluate", "How good the suggestions are…", "files.evaluate", (), "mdi6.scale-balance"),
        ("learn", "Learn from the labels now", "learning.learn", (), "mdi6.school-outline"),
        ("train", "Train a spaCy pipeline…", "learning.train", (), "mdi6.cogs"),
        ("ask_model", "Ask a language model…", "files.ask_model", (), "mdi6.chat-question-outline"),
    ),
)

_GO = (
    *_window(
        "go",
        "project",
        ("to_article", "Go to the text", "moving.focus", ("F6",), ""),
        ("next_panel", "Go to the next panel", "window.next_panel", ("F7",), ""),
        ("previous_panel", "Go to the panel before", "window.previous_panel", ("Shift+F7",), ""),
    ),
    *_article(
        "go",
        (
            "next_article",
            "Next article; this one is done",
            "walking.next_article",
            ("N",),
            "mdi6.chevron-right",
        ),
        ("previous_article", "Previous article", "walking.previous_article", ("P",), "mdi6.chevron-left"),
        ("next_open", "Next quotation or word of speaking in no attribution", "moving.next_open", ("J",), ""),
        (
            "previous_open",
            "Previous quotation or word of speaking in no attribution",
            "moving.previous_open",
            ("Shift+J",),
            "",
        ),
        ("next_quotation", "Next quotation", "moving.next_quotation", ("Q",), ""),
        ("previous_quotation", "Previous quotation", "moving.previous_quotation", ("Shift+Q",), ""),
        ("next_cue", "Next word of speaking", "moving.next_cue", ("W",), ""),
        ("previous_cue", "Previous word of speaking", "moving.previous_cue", ("Shift+W",), ""),
        ("next_name", "Next name, date or number without a label", "moving.next_name", ("M",), ""),
        (
            "previous_name",
            "Previous name, date or number without a label",
            "moving.previous_name",
            ("Shift+M",),
            "",
        ),
        ("overlap", "Next span or frame that overlaps here", "moving.overlap", ("O",), ""),
    ),
)

_MOVE = _article(
    "move",
    ("grow", "Grow the selection", "moving.grow", ("]",), ""),
    ("shrink", "Shrink the selection", "moving.shrink", ("[",), ""),
    ("right", "Next word", "moving.right", ("Right",), ""),
    ("left", "Previous word", "moving.left", ("Left",), ""),
    ("down", "Line down", "moving.down", ("Down",), ""),
    ("up", "Line up", "moving.up", ("Up",), ""),
    ("sentence_right", "Next sentence", "moving.sentence_right", ("Ctrl+Right",), ""),
    ("sentence_left", "Previous sentence", "moving.sentence_left", ("Ctrl+Left",), ""),
    ("paragraph_down", "Next paragraph", "moving.paragraph_down", ("Ctrl+Down",), ""),
    ("paragraph_up", "Previous paragraph", "moving.paragraph_up", ("Ctrl+Up",), ""),
    ("page_down", "Page down", "moving.page_down", ("PgDown",), ""),
    ("page_up", "Page up", "moving.page_up", ("PgUp",), ""),
    ("to_end", "End of the article", "moving.to_end", ("Ctrl+End", "End"), ""),
    ("to_start", "Start of the article", "moving.to_start", ("Ctrl+Home", "Home"), ""),
    ("extend_right", "Select to the next word", "moving.extend_right", ("Shift+Right",), ""),
    ("extend_left", "Select to the previous word", "moving.extend_left", ("Shift+Left",), ""),
    ("extend_down", "Select a line down", "moving.extend_down", ("Shift+Down",), ""),
    ("extend_up", "Select a line up", "moving.extend_up", ("Shift+Up",), ""),
    (
        "extend_sentence",
        "Select to the end of the sentence",
        "moving.extend_sentence_right",
        ("Ctrl+Shift+Right",),
        "",
    ),
    ("extend_sentence_left", "Select to its start", "moving.extend_sentence_left", ("Ctrl+Shift+Left",), ""),
    ("character_right", "Select one character more", "moving.character_right", ("Alt+Shift+Right",), ""),
    ("character_left", "Select one character less", "moving.character_left", ("Alt+Shift+Left",), ""),
)

_VIEW = (
    *_window(
        "view",
        "",
        ("larger", "Larger text", "window.larger", ("Ctrl++", "Ctrl+="), "mdi6.format-font-size-increase"),
        ("smaller", "Smaller text", "window.smaller", ("Ctrl+-",), "mdi6.format-font-size-decrease"),
        ("usual", "Usual text size", "window.usual_size", ("Ctrl+0",), "mdi6.format-size"),
        ("wider", "Wider column", "window.wider", (), "mdi6.arrow-expand-horizontal"),
        ("narrower", "Narrower column", "window.narrower", (), "mdi6.arrow-collapse-horizontal"),
        ("taller_lines", "More space between lines", "window.taller_lines", (), "mdi6.format-line-spacing"),
        ("tighter_lines", "Less space between lines", "window.tighter_lines", (), ""),
        (
            "theme",
            "Light, dark, high contrast, or as the system",
            "window.next_theme",
            ("Ctrl+Shift+L",),
            "mdi6.theme-light-dark",
        ),
        ("alone", "Article only", "window.article_only", ("F11",), "mdi6.fullscreen"),
        ("list_panel", "List of articles", "window.toggle_list", ("Ctrl+1",), "mdi6.dock-left"),
        ("inspector_panel", "Inspector", "window.toggle_inspector", ("Ctrl+2",), "mdi6.dock-right"),
        ("checks_panel", "Checks", "window.toggle_checks", ("Ctrl+3",), "mdi6.playlist-check"),
        ("find_panel", "Find in all articles: panel", "window.toggle_find", ("Ctrl+4",), "mdi6.text-search"),
        ("history_panel", "What was done", "window.toggle_history", ("Ctrl+5",), "mdi6.history"),
    ),
    *_window(
        "view",
        "article",
        ("all_frames", "Lines of all frames", "window.toggle_frames", ("Ctrl+L",), "mdi6.vector-line"),
    ),
)

_HELP = _window(
    "help",
    "",
    ("keys", "Keys and guideline", "window.keys", ("F1",), "mdi6.keyboard-outline"),
    ("change_keys", "Change keys…", "window.change_keys", (), "mdi6.keyboard-settings-outline"),
    ("palette", "All commands…", "window.palette", ("Ctrl+K",), "mdi6.console-line"),
    ("about", "About annotator", "window.about", (), "mdi6.information-outline"),
)
_HELP_HERE = _article("", ("keys_here", "Keys and guideline", "window.keys", ("?",), ""))
_LIST = (
    Row(
        "open_row", "Open the article", "window.open_row", ("Enter", "Return"), scope="list", needs="project"
    ),
    Row(
        "remove_articles",
        "Remove the articles",
        "files.remove_articles",
        ("Delete",),
        scope="list",
        needs="project",
    ),
)

TABLE: tuple[Row, ...] = (
    *_PROJECT, *_EDIT, *_LABEL, *_SUGGESTIONS, *_GO, *_MOVE, *_VIEW, *_HELP, *_HELP_HERE, *_LIST,
)  # fmt: skip

CHECKABLE = frozenset(f"{name}_panel" for name in ("list", "inspector", "checks", "find", "history")) | {
    "alone",
    "all_frames",
    "pass_names",
}
TOOLBAR: tuple[tuple[str, ...], ...] = (
    ("undo", "redo"),
    ("previous_article", "next_article"),
    ("previous_suggestion", "next_suggestion", "accept", "reject"),
    ("attribution", "stance", "roles"),
    ("find", "palette", "keys", "theme"),
)
BAR_NAMES: Mapping[str, str] = {
    "accept": "Accept",
    "reject": "Reject",
    "next_article": "Done, next",
    "attribution": "Attribution",
    "stance": "Stance",
    "roles": "Link",
    "next_suggestion": "Suggestion",
    "find": "Find",
    "keys": "Keys",
    "palette": "Commands",
    "theme": "Colours",
}
"""The words beside the icons of the toolbar, in the order in which they get room."""
CONTEXT: tuple[tuple[str, ...], ...] = (
    ("accept", "reject"),
    ("attribution", "stance", "implicit", "roles", "fragment"),
    ("note", "delete"),
    ("nothing", "picker", "keys"),
)


def label_rows(scheme: Scheme) -> tuple[Row, ...]:
    """Return an action for each label that a person may put: spans, article labels, frames with a key."""
    return tuple(
        _label_row(label)
        for label in scheme.labels
        if label.is_offered and (label.kind != "frame" or label.key) and label.group != "entity"
    )


def _label_row(label: Label) -> Row:
    handler = "framing.make" if label.kind == "frame" else "labelling.put"
    keys = (label.key.upper(),) if label.key else ()
    title = label.title or label.name
    return Row(
        f"label.{label.name}",
        title,
        handler,
        keys,
        scope="article",
        menu="label",
        needs="article",
        argument=label.name,
    )


def letters(labels: tuple[Label, ...]) -> dict[str, Label]:
    """Return a letter for each label: its own key, else the first free one of its name."""
    found: dict[str, Label] = {}
    for label in labels:
        if label.key and label.key.lower() not in found:
            found[label.key.lower()] = label
    for label in labels:
        if label not in found.values():
            names = f"{label.name}abcdefghijklmnopqrstuvwxyz".lower()
            free = next((one for one in names if one.isalpha() and one not in found), None)
            if free is not None:
                found[free] = label
    return found
