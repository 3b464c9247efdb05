# Jobb som inte kunde göras.
jobs-title = Jobb som har stannat
jobs-lead = Tjänsten har försökt flera gånger och gett upp. Skicka jobben igen när felet är avhjälpt, eller ta bort dem.
jobs-none = Inget jobb har stannat. Det som görs i bakgrunden blir gjort.
jobs-count = { $count ->
    [one] 1 jobb har stannat.
   *[other] { $count } jobb har stannat.
}
jobs-count-shown = { $count } jobb har stannat. De { $shown } som har väntat längst visas.
jobs-kind = Jobb
jobs-kind-ask-authority = Fråga en myndighet
jobs-kind-unknown = Okänt jobb
jobs-since = Skulle göras
jobs-parked = Stannade
jobs-tries = Försök
jobs-cause = Senaste orsak
jobs-act = Åtgärd
jobs-again = Skicka igen
jobs-again-all = Skicka alla igen
jobs-drop = Ta bort
jobs-dropped = Borttagna jobb
jobs-dropped-since = skulle göras { $at }
jobs-dropped-by = { $name }, { $at }
job-cause-unfinished = Jobbet avbröts innan det var klart
job-cause-unreadable = Den här versionen av tjänsten känner inte till jobbet
job-cause-database = Databasen svarade inte, eller sade nej
job-cause-data = Sparade uppgifter kunde inte läsas
job-reason-not-needed = Det behövs inte längre
job-reason-done-otherwise = Det är gjort på annat sätt
job-reason-cannot-be-done = Det går inte att göra

# Frågan innan ett jobb tas bort.
drop-job-title = Vill du ta bort jobbet?
drop-job-lead = Det blir aldrig gjort. Var det en fråga till en myndighet får den svaret att myndigheten inte gick att nå.
drop-job-facts = Om jobbet
drop-job-reason = Varför tar du bort det?
drop-job-button = Ta bort jobbet
drop-job-keep = Behåll det
drop-job-not-parked-title = Jobbet har inte stannat längre
drop-job-not-parked-lead = Det har skickats igen, eller så är det gjort. Inget har tagits bort.
