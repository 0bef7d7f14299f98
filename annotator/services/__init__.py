"""What a person can do with a project, without a screen."""
