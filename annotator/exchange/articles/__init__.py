"""Articles without labels: documents, pages, mails, archives of news."""
