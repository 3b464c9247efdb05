-- `decision_receipt` says for each person when a decision reached them; nothing reads this column since.
alter table decision drop column read_at;
