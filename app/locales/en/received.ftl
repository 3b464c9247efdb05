received-title = Meddelande
