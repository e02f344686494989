"""How well a grader agrees with human marks."""
