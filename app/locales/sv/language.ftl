# Språkets eget namn och skrivriktning (ltr eller rtl).
language-name = Svenska
language-direction = ltr
