"""The picture: the model's functions on a day, with what fills them and ties it together."""
