"""What things are: frozen values, standard library only. Nothing here reads, decides or writes."""
