# The second signature, and what has been signed.
cosign-title = Read and sign the application for { $month }
cosign-lead = { $name } has signed. Now it is your turn to read and answer.
cosign-interrupted = Your signing was not finished, and nothing has been sent. You can sign again.
cosign-not-used = Your signature was not used, since the application had changed. Read it through and sign again.
cosign-text = What you sign
cosign-what = Read all of it. If something about you is wrong, you can write it yourself. If something else is wrong, do not sign. Write to your caseworker instead.
cosign-decline = I do not want to sign
cosign-decline-means = The application stays with us without your signature. { $name } and the caseworker see that you have declined.
cosign-decline-button = Decline to sign

# What has been signed.
kept-title = Signed application for { $month }
kept-lead = This is the text as it was when it was signed. It cannot be changed.
kept-text = The text
kept-proof = Numbers and check
kept-reference = The application’s number
kept-digest = Checksum
kept-digest-why = With the checksum one can show that the text is the one that was signed.
