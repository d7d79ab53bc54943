"""Who belongs to which group: by a rule that follows the posts, or confirmed every year."""
