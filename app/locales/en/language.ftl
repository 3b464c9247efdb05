# The language's own name and direction of writing (ltr or rtl).
language-name = English
language-direction = ltr
