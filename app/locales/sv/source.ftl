source-title = Källa
