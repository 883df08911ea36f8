extension WeekDiary {
    /// What the week of ``WeekTests`` has to leave behind.
    static let expected = """

        ## Monday: a folder with three audios and one face; no marker yet

        new   inbox/dealers/001 Anna.wav
        new   inbox/dealers/002 Bob.wav
        new   inbox/dealers/003 Carla.wav
        new   inbox/dealers/avatar.png
              Collecting
                dealers: 3 of 3 items done; 2 without a video; waits for a marker: an empty file batch.ready

        ## Monday: the marker

        new   inbox/_archive/TIME_dealers/001 Anna.wav
        new   inbox/_archive/TIME_dealers/avatar.png
        new   inbox/_archive/TIME_dealers/batch.ready
        new   inbox/_failed/TIME_dealers/002 Bob.wav
        new   inbox/_failed/TIME_dealers/003 Carla.wav
        new   inbox/_failed/TIME_dealers/avatar.png
        new   inbox/_failed/TIME_dealers/batch.ready
        new   inbox/_failed/TIME_dealers/reasons.csv
        new   outbox/heygem_batch_result_TIME_dealers.csv
        new   outbox/heygem_batch_result_TIME_dealers.zip
        new   outbox/heygem_batch_result_TIME_dealers.zip.sha256
        gone  inbox/dealers/001 Anna.wav
        gone  inbox/dealers/002 Bob.wav
        gone  inbox/dealers/003 Carla.wav
        gone  inbox/dealers/avatar.png
        row   Dealers on Monday | 001 Anna | ok | winter
        row   Dealers on Monday | 002 Bob | failed | winter | engine
        row   Dealers on Monday | 003 Carla | rejected | winter | no_sound
              Delivered
                December 15  heygem_batch_result_TIME_dealers.zip: 1 video, 2 without (see the CSV)
              The inbox is empty.

        ## Tuesday: a late file in the same folder

        new   inbox/dealers/004 Dora.wav
              Collecting
                dealers: 0 of 0 items done; without a partner: dealers/004 Dora.wav; waits for a marker: an empty file batch.ready
              Delivered
                December 15  heygem_batch_result_TIME_dealers.zip: 1 video, 2 without (see the CSV)

        ## Tuesday: a face and a marker for it

        new   inbox/_archive/TIME_dealers/004 Dora.wav
        new   inbox/_archive/TIME_dealers/avatar.png
        new   inbox/_archive/TIME_dealers/batch.ready
        new   outbox/heygem_batch_result_TIME_dealers.csv
        new   outbox/heygem_batch_result_TIME_dealers.zip
        new   outbox/heygem_batch_result_TIME_dealers.zip.sha256
        gone  inbox/dealers/004 Dora.wav
        row   dealers | 004 Dora | ok
              Delivered
                December 16  heygem_batch_result_TIME_dealers.zip: 1 video
                December 15  heygem_batch_result_TIME_dealers.zip: 1 video, 2 without (see the CSV)
              The inbox is empty.

        ## Wednesday: a marker with a spelling mistake

        new   inbox/news/batch.ready
        new   inbox/news/batch.ready.error.txt
        new   inbox/news/today.mp4
        new   inbox/news/today.wav
              Collecting
                news: 1 of 1 item done; is held until it is mended
                  ! news/batch.ready: line 1: ... Correct it, or make it empty.
              Delivered
                December 16  heygem_batch_result_TIME_dealers.zip: 1 video
                December 15  heygem_batch_result_TIME_dealers.zip: 1 video, 2 without (see the CSV)
        says  HeyGemWatch: the batch “news” is held. It is not delivered before this is mended:
        says  - news/batch.ready: line 1: ... Correct it, or make it empty.
        says  Then it goes on by itself, and this file goes away.

        ## Wednesday: the marker is mended

        new   inbox/_archive/TIME_news/batch.ready
        new   inbox/_archive/TIME_news/today.mp4
        new   inbox/_archive/TIME_news/today.wav
        new   outbox/heygem_batch_result_TIME_news.csv
        new   outbox/heygem_batch_result_TIME_news.zip
        new   outbox/heygem_batch_result_TIME_news.zip.sha256
        gone  inbox/news/batch.ready
        gone  inbox/news/batch.ready.error.txt
        gone  inbox/news/today.mp4
        gone  inbox/news/today.wav
        row   News | today | ok
              Delivered
                December 17  heygem_batch_result_TIME_news.zip: 1 video
                December 16  heygem_batch_result_TIME_dealers.zip: 1 video
                December 15  heygem_batch_result_TIME_dealers.zip: 1 video, 2 without (see the CSV)
              The inbox is empty.

        ## Thursday: heygem-watch retry "Dealers on Monday" "002 Bob"

        new   inbox/_archive/TIME_dealers/002 Bob.wav
        new   inbox/_archive/TIME_dealers/avatar.png
        new   inbox/_failed/TIME_dealers/003 Carla.wav
        new   inbox/_failed/TIME_dealers/avatar.png
        new   inbox/_failed/TIME_dealers/batch.ready
        new   inbox/_failed/TIME_dealers/reasons.csv
        new   outbox/heygem_batch_result_TIME_dealers.csv
        new   outbox/heygem_batch_result_TIME_dealers.zip
        new   outbox/heygem_batch_result_TIME_dealers.zip.sha256
        gone  inbox/_failed/TIME_dealers/002 Bob.wav
        gone  inbox/_failed/TIME_dealers/003 Carla.wav
        gone  inbox/_failed/TIME_dealers/avatar.png
        gone  inbox/_failed/TIME_dealers/batch.ready
        gone  inbox/_failed/TIME_dealers/reasons.csv
        row   Dealers on Monday | 001 Anna | ok | winter
        row   Dealers on Monday | 002 Bob | ok | winter
        row   Dealers on Monday | 003 Carla | rejected | winter | no_sound
              Delivered
                December 18  heygem_batch_result_TIME_dealers.zip: 2 videos, 1 without (see the CSV)
                December 17  heygem_batch_result_TIME_news.zip: 1 video
                December 16  heygem_batch_result_TIME_dealers.zip: 1 video
                December 15  heygem_batch_result_TIME_dealers.zip: 1 video, 2 without (see the CSV)
              The inbox is empty.
        says  “Dealers on Monday” was tried again: 1 of 1 rendered. It is being delivered anew.

        ## Friday: what had failed, corrected and dropped again as it was

        new   inbox/_archive/TIME_dealers once more/003 Carla.wav
        new   inbox/_archive/TIME_dealers once more/avatar.png
        new   inbox/_archive/TIME_dealers once more/batch.ready
        new   inbox/_archive/TIME_dealers once more/reasons.csv
        new   outbox/heygem_batch_result_TIME_dealers once more.csv
        new   outbox/heygem_batch_result_TIME_dealers once more.zip
        new   outbox/heygem_batch_result_TIME_dealers once more.zip.sha256
        gone  inbox/_failed/TIME_dealers/003 Carla.wav
        gone  inbox/_failed/TIME_dealers/avatar.png
        gone  inbox/_failed/TIME_dealers/batch.ready
        gone  inbox/_failed/TIME_dealers/reasons.csv
        row   Dealers on Monday | 003 Carla | ok | winter
              Delivered
                December 19  heygem_batch_result_TIME_dealers once more.zip: 1 video
                December 18  heygem_batch_result_TIME_dealers.zip: 2 videos, 1 without (see the CSV)
                December 17  heygem_batch_result_TIME_news.zip: 1 video
                December 16  heygem_batch_result_TIME_dealers.zip: 1 video
                December 15  heygem_batch_result_TIME_dealers.zip: 1 video, 2 without (see the CSV)
              The inbox is empty.

        """
}
