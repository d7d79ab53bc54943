"""The pages of groups: rules for officers, confirmations for units."""
