"""The article, painted: paragraphs, labels, caret and selection."""
