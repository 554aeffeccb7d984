"""Files in, turns and segments out. Pure: reads bytes, knows no database, web or model."""
