# När tjänsten inte kan användas.
not-available-title = Du kan inte använda tjänsten just nu
not-available-lead = Tjänsten är till för vissa ärenden. Du kan ändå ansöka och få hjälp på andra sätt. Det du redan har skrivit under här finns kvar hos oss.
not-available-do = Gör så här
not-available-help = Kontakta oss, så hjälper vi dig vidare. Du behöver inte berätta varför du inte kom in här.
not-available-urgent-title = Är det bråttom?
not-available-urgent = Saknar du pengar till mat, medicin eller hyra? Hör av dig i dag.
