"""What a helpdesk is made of: plain values and rules, standard library only, no input or output."""
