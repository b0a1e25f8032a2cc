# What is printed.

paper-practice = Practice: not for real licences
paper-logo = The logo is neither PNG nor JPEG, or it is too large.
    .next = Give a PNG or JPEG of at most { $limit } bytes.
paper-nothing-to-print = There is nothing to print yet.
    .next = See "hikyaku trip show"; collect PCs or enter Confirmation IDs first.
paper-template = The document could not be made.
    .next = Do it again; if it goes on, report it with the output of -v.

paper-fact-trip = Trip
paper-fact-customer = Customer
paper-fact-site = Site
paper-fact-date = Day of work
paper-fact-technician = Technician
paper-fact-way = Way

reply-sheet-title = Reply sheet
reply-sheet-lead = { $count ->
    [one] 1 reply
   *[other] { $count } replies
}. Check the PC's name, then show the code to that PC's camera (20–30 cm) or scanner. If it is not read, type the boxes A to H. Another PC's number is refused.
request-sheet-title = Request sheet
request-sheet-lead = { $count ->
    [one] 1 request
   *[other] { $count } requests
}. Enter the number at the portal (https://aka.ms/aoh) and write its answer, the Confirmation ID, into the boxes A to H. The code holds the number and nothing else.
request-sheet-boxes = Confirmation ID (six digits each)
sheet-done = done
sheet-remark = remarks

record-title = Record of activation
record-open = Left open
record-column-times = Times
record-privacy = Installation IDs are reduced to their first and last group. Confirmation IDs and product keys are not on record.
record-sign-technician = Technician (signature)
record-sign-customer = Customer (signature)

progress-wanted-next = This PC was not met yet. Its number is collected on the next visit.
progress-failed-next = See the reason on the PC's screen and follow the work instruction's table of codes.
progress-requested-next = Get its Confirmation ID at the portal and deliver it.
progress-cid-in-hand-next = Deliver the Confirmation ID to this PC.
progress-delivered-next = Check on the PC's screen whether it is activated, and read its receipt code.
progress-activated-next = none

runbook-title = Work instruction: offline activation
runbook-edition = Edition { $edition }

letter-title-lend = Request for the loan of a connected PC
letter-title-carry-in = Request to carry in a connected device
