"""The pages of the bank: writing questions, finding them, their versions, their pictures."""
