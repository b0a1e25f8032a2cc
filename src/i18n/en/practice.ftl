# Practice mode.

practice-mode = [Practice mode] All numbers are practice numbers. Nothing gets activated for real.
show-next-practice = Get the Confirmation ID with "hikyaku practice portal", make it a reply with "hikyaku reply", and read that with "hikyaku scan" or "hikyaku enter".
practice-pc-made = Practice PC made in { $file }
practice-hardware-changed = The practice PC's hardware changed: its Installation IDs are new, and earlier Confirmation IDs do not fit any more.
practice-portal-next = This is a practice Confirmation ID. Make it a reply with "hikyaku reply".

run-bar = Rehearsing
run-column-pc = PC
run-column-request = request read by
run-column-reply = reply read by
run-column-receipt = receipt read by
run-column-turned-away = others' replies refused
run-column-outcome = activated
run-totals = { $pcs } PCs: { $activated } of { $products } products activated. { $refused } of { $mixups } deliberate mix-ups refused, { $wrong } wrong deposits. { $first } of { $screens } screens ({ $share } %) read off the first photograph; { $photographs } photographs in all, { $seconds } s.
run-by-step = Read by: { $steps }
run-good = ✓ Everything is activated, and every mix-up was refused.
run-page-written = Photographs to look at: { $file }
run-trip-written = The trip of the walk: { $file } ("hikyaku trip import" takes it in)

rehearsal-packet = A message of the rehearsal could not be written: { $reason }
    .next = Run it again with fewer PCs. If it stays, report it as a defect.
rehearsal-symbol = A code of the rehearsal could not be made: { $reason }
    .next = Run it again with fewer PCs. If it stays, report it as a defect.
rehearsal-camera = A photograph of the rehearsal could not be made: { $reason }
    .next = Run it again with another --seed. If it stays, report it as a defect.
rehearsal-photograph = Cannot write photograph { $file }: { $reason }
    .next = Check that the place is writable and has space left.

page-title = A rehearsal of Hikyaku
page-lead = The screens of practice PCs, photographed by a model of a camera. The journey went on with these photographs alone: what could not be read off them was not known to the next stage.
page-photographs = Photographs
page-figure-activated = products activated
page-figure-mixups = mix-ups refused
page-figure-first = screens read off the first photograph
page-figure-wrong = wrong deposits
page-read-by = read by { $step } in { $ms } ms
page-not-read = not read ({ $ms } ms); taken again
page-attempt = photograph { $attempt }
page-took = { $photographs } photographs in { $seconds } s. Red lines mark photographs that were taken again, amber ones replies shown to a wrong PC on purpose.
stage-request = request photographed
stage-recognise = PC recognised
stage-reply = reply shown
stage-mix-up = reply shown to a wrong PC on purpose
stage-receipt = receipt photographed
