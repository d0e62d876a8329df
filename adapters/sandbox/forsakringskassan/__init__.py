"""The sandbox's Försäkringskassan and Pensionsmyndigheten."""
