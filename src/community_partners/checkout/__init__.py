"""Write files into the checkout, commit them and push the commits."""
