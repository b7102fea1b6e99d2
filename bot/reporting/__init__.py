"""What the calendar and the reports add up to: periods, deadlines, who has reported, the membership ledger."""
