# Proof: pictures and documents that somebody shows.
proof-legend = Proof
proof-hint = A picture or a PDF, such as a receipt or a bill. You can take a picture with your phone.
proof-hint-many = You can choose several. A file may be 15 MB at most.
proof-files = Add files
proof-remove = Remove { $name }
proof-later = I will send proof later
proof-pages = { $count ->
    [one] 1 page
   *[other] { $count } pages
}
proof-waiting = Being checked
proof-harmful = Stopped
proof-media-jpeg = Picture
proof-media-pdf = PDF
proof-of = Proof: { $names }
proof-of-later = Proof will be sent later

# Why a file was not taken. $name is the name of the file.
file-without-name = The file
file-problem-empty = { $name } is empty. Choose the file again.
file-problem-too-large = { $name } is too large. Choose a file of 15 MB at most.
file-problem-unknown = We cannot take { $name }. Choose a picture (JPG, PNG or HEIC) or a PDF.
file-problem-damaged = { $name } cannot be read. Take a new picture or choose the file again.
file-problem-too-many-pixels = { $name } is too large a picture. Take a new one with lower resolution.
file-problem-too-many-pages = { $name } has too many pages. Choose a PDF of 50 pages at most.
file-problem-locked = { $name } is locked with a password. Remove the lock, or take a picture of the paper.
file-problem-active = { $name } holds more than pages, such as programs or other files. Take a picture of the paper instead.
file-problem-harmful = { $name } was stopped, since it may be harmful. Take a picture of the paper instead.
file-problem-too-many = There was no room for { $name }. Remove another file first.
file-problem-too-much = There was no room for { $name } this time. Save first, and then add it.

# What the proof is of.
proof-what = { $kind }, { $amount }
proof-what-disputed = Not right: { $label }, { $amount }
proof-what-sick-leave = Sick leave { $from } to { $to }
proof-group = { $what }, { $name }
proof-group-later = Sent later
proof-title = Proof

# Proof that is to come later.
awaited-proofs-title = Send proof
awaited-proofs-lead = This is what you were to send for the application for { $month }.
awaited-proof-due = Send it by { $day }. Otherwise your caseworker may have to decide without it.
awaited-proofs-send = Send proof
error-proof-missing = Choose at least one file.
awaited-proof-come = It has come. You can send more until the decision is made.
proof-legend-of = Proof: { $what }
