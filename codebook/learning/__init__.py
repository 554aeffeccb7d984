"""Where suggestions meet the record: what there is to learn from, learning it, writing it down."""
