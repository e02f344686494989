"""How well a grader agrees with human marks, and how well passages are found."""
