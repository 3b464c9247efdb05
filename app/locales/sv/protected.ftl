# Inkorgen för ärenden med skyddade personuppgifter.
protected-title = Skyddade ärenden
protected-lead = Här finns det som har kommit in i ärenden där någon har skyddade personuppgifter. Du skriver varför innan du öppnar ett ärende.
protected-empty = Inget väntar just nu.
protected-case = Ärende
protected-what = Vad som har kommit
protected-waiting = Ansökan för { $month }
protected-decided = Beslutad ansökan för { $month }
protected-message = Nytt meddelande
