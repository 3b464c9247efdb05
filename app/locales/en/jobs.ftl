# Jobs that could not be done.
jobs-title = Jobs that have stopped
jobs-lead = The service has tried several times and given up. Send the jobs again when the fault is mended, or drop them.
jobs-none = No job has stopped. What is done in the background gets done.
jobs-count = { $count ->
    [one] 1 job has stopped.
   *[other] { $count } jobs have stopped.
}
jobs-count-shown = { $count } jobs have stopped. The { $shown } that have waited longest are shown.
jobs-kind = Job
jobs-kind-ask-authority = Ask an authority
jobs-kind-unknown = Unknown job
jobs-since = To be done
jobs-parked = Stopped
jobs-tries = Tries
jobs-cause = Latest cause
jobs-act = Action
jobs-again = Send again
jobs-again-all = Send all again
jobs-drop = Drop
jobs-dropped = Dropped jobs
jobs-dropped-since = to be done { $at }
jobs-dropped-by = { $name }, { $at }
job-cause-unfinished = The job was interrupted before it was done
job-cause-unreadable = This version of the service does not know the job
job-cause-database = The database did not answer, or refused
job-cause-data = Stored data could not be read
job-reason-not-needed = It is no longer needed
job-reason-done-otherwise = It has been done in another way
job-reason-cannot-be-done = It cannot be done

# The question before a job is dropped.
drop-job-title = Do you want to drop the job?
drop-job-lead = It will never be done. If it was a question to an authority, the question gets the answer that the authority could not be reached.
drop-job-facts = About the job
drop-job-reason = Why do you drop it?
drop-job-button = Drop the job
drop-job-keep = Keep it
drop-job-not-parked-title = The job is not stopped any more
drop-job-not-parked-lead = It has been sent again, or it is done. Nothing was dropped.
