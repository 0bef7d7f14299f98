"""Labels that are in the scheme anyway are counted many at once, and none is lost in between."""

from __future__ import annotations

from annotator.model.formats import ImportOptions
from annotator.model.marks import Marks
from annotator.model.resources import resource
from annotator.model.scheme import read_scheme
from annotator.services.importing_labels import Labels


def test_labels_are_counted_whichever_way_they_come():
    labels = Labels(read_scheme(resource("schemes/default.toml")), ImportOptions(), {})
    for _ in range(3000):
        labels.met(["CLAIM", "CUE", "CLAIM"], "span")
    labels.label("CUE", "span", Marks())
    labels.met(["CUE"], "span")
    labels.met(["ATTRIBUTION"], "frame")
    expected = [("CLAIM", "span", 6000), ("CUE", "span", 3002), ("ATTRIBUTION", "frame", 1)]
    for _ in range(2):
        found = labels.found()
        assert [(one.name, one.kind, one.count) for one in found] == expected
        assert {one.how for one in found} == {"same"}
