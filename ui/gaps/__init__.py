"""What two sources give of the same count, side by side, and what the partners say of it."""
