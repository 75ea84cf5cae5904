"""What it would take to overturn a result: something not measured, chance in who was treated, those lost."""
