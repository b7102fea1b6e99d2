"""The sample province: invented units, people and reports to try things out with."""
