"""How it comes in: events, forms and files become values of the model, or a list of problems."""
