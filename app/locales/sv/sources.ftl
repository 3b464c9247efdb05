sources-title = Myndigheter
