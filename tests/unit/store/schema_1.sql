CREATE TABLE actors (
	"key" INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	kind INTEGER NOT NULL, 
	aliases TEXT DEFAULT '' NOT NULL, 
	affiliation TEXT DEFAULT '' NOT NULL, 
	role TEXT DEFAULT '' NOT NULL, 
	note TEXT DEFAULT '' NOT NULL, 
	article INTEGER, 
	deleted INTEGER DEFAULT '0' NOT NULL, 
	PRIMARY KEY ("key")
)
 STRICT;
CREATE INDEX actors_by_article ON actors (article, deleted);
CREATE TABLE annotators (
	"key" INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	kind INTEGER NOT NULL, 
	deleted INTEGER DEFAULT '0' NOT NULL, 
	PRIMARY KEY ("key")
)
 STRICT;
CREATE TABLE article_labels (
	"key" INTEGER NOT NULL, 
	article INTEGER NOT NULL, 
	label INTEGER NOT NULL, 
	annotator INTEGER NOT NULL, 
	created INTEGER NOT NULL, 
	origin INTEGER NOT NULL, 
	attributes TEXT DEFAULT '' NOT NULL, 
	note TEXT DEFAULT '' NOT NULL, 
	deleted INTEGER DEFAULT '0' NOT NULL, 
	PRIMARY KEY ("key")
)
 STRICT;
CREATE INDEX article_labels_by_article ON article_labels (article, deleted);
CREATE TABLE articles (
	"key" INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	title TEXT NOT NULL, 
	sha256 TEXT NOT NULL, 
	language INTEGER NOT NULL, 
	created INTEGER NOT NULL, 
	length INTEGER NOT NULL, 
	place INTEGER NOT NULL, 
	meta TEXT DEFAULT '' NOT NULL, 
	notes TEXT DEFAULT '' NOT NULL, 
	outlet TEXT DEFAULT '' NOT NULL, 
	published TEXT DEFAULT '' NOT NULL, 
	deleted INTEGER DEFAULT '0' NOT NULL, 
	PRIMARY KEY ("key")
)
 STRICT;
CREATE INDEX articles_in_order ON articles (deleted, place);
CREATE TABLE blocks (
	"key" INTEGER NOT NULL, 
	article INTEGER NOT NULL, 
	start INTEGER NOT NULL, 
	stop INTEGER NOT NULL, 
	kind INTEGER NOT NULL, 
	deleted INTEGER DEFAULT '0' NOT NULL, 
	PRIMARY KEY ("key")
)
 STRICT;
CREATE INDEX blocks_by_article ON blocks (article, deleted);
CREATE TABLE changes (
	operation INTEGER NOT NULL, 
	place INTEGER NOT NULL, 
	kind INTEGER NOT NULL, 
	record INTEGER, 
	op TEXT NOT NULL, 
	"before" TEXT DEFAULT '' NOT NULL, 
	"after" TEXT DEFAULT '' NOT NULL, 
	sum INTEGER NOT NULL, 
	PRIMARY KEY (operation, place)
)
 WITHOUT ROWID,
 STRICT;
CREATE TABLE claim_cards (
	"key" INTEGER NOT NULL, 
	wording TEXT NOT NULL, 
	note TEXT DEFAULT '' NOT NULL, 
	deleted INTEGER DEFAULT '0' NOT NULL, 
	PRIMARY KEY ("key")
)
 STRICT;
CREATE TABLE frames (
	"key" INTEGER NOT NULL, 
	article INTEGER NOT NULL, 
	label INTEGER NOT NULL, 
	annotator INTEGER NOT NULL, 
	created INTEGER NOT NULL, 
	origin INTEGER NOT NULL, 
	attributes TEXT DEFAULT '' NOT NULL, 
	note TEXT DEFAULT '' NOT NULL, 
	deleted INTEGER DEFAULT '0' NOT NULL, 
	PRIMARY KEY ("key")
)
 STRICT;
CREATE INDEX frames_by_article ON frames (article, deleted);
CREATE TABLE ids (
	"key" INTEGER NOT NULL, 
	first BLOB NOT NULL, 
	count INTEGER NOT NULL, 
	PRIMARY KEY ("key"), 
	UNIQUE (first)
)
 STRICT;
CREATE TABLE meta (
	name TEXT NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY (name)
)
 STRICT;
CREATE TABLE nothing_here (
	"key" INTEGER NOT NULL, 
	article INTEGER NOT NULL, 
	layer INTEGER NOT NULL, 
	annotator INTEGER NOT NULL, 
	created INTEGER NOT NULL, 
	start INTEGER, 
	stop INTEGER, 
	deleted INTEGER DEFAULT '0' NOT NULL, 
	PRIMARY KEY ("key")
)
 STRICT;
CREATE INDEX nothing_here_by_article ON nothing_here (article, deleted);
CREATE TABLE operations (
	"key" INTEGER NOT NULL, 
	origin INTEGER NOT NULL, 
	seq INTEGER NOT NULL, 
	rows INTEGER NOT NULL, 
	clock INTEGER NOT NULL, 
	at INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	annotator INTEGER, 
	mode TEXT NOT NULL, 
	undoes INTEGER, 
	records INTEGER NOT NULL, 
	sum INTEGER NOT NULL, 
	PRIMARY KEY ("key")
)
 STRICT;
CREATE UNIQUE INDEX operations_by_seq ON operations (origin, seq);
CREATE TABLE origins (
	"key" INTEGER NOT NULL, 
	id BLOB NOT NULL, 
	started INTEGER NOT NULL, 
	tool TEXT NOT NULL, 
	who TEXT NOT NULL, 
	PRIMARY KEY ("key"), 
	UNIQUE (id)
)
 STRICT;
CREATE TABLE readings (
	"key" INTEGER NOT NULL, 
	article INTEGER NOT NULL, 
	annotator INTEGER NOT NULL, 
	state INTEGER NOT NULL, 
	changed INTEGER NOT NULL, 
	deleted INTEGER DEFAULT '0' NOT NULL, 
	PRIMARY KEY ("key")
)
 STRICT;
CREATE INDEX readings_by_article ON readings (article, deleted);
CREATE TABLE roles (
	frame INTEGER NOT NULL, 
	place INTEGER NOT NULL, 
	role INTEGER NOT NULL, 
	kind INTEGER NOT NULL, 
	ending INTEGER NOT NULL, 
	PRIMARY KEY (frame, place)
)
 WITHOUT ROWID,
 STRICT;
CREATE INDEX roles_by_ending ON roles (ending);
CREATE TABLE schemes (
	"key" INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	data TEXT NOT NULL, 
	created INTEGER NOT NULL, 
	deleted INTEGER DEFAULT '0' NOT NULL, 
	PRIMARY KEY ("key")
)
 STRICT;
CREATE TABLE settings (
	"key" INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	value TEXT NOT NULL, 
	deleted INTEGER DEFAULT '0' NOT NULL, 
	PRIMARY KEY ("key")
)
 STRICT;
CREATE TABLE spans (
	"key" INTEGER NOT NULL, 
	article INTEGER NOT NULL, 
	label INTEGER NOT NULL, 
	start INTEGER NOT NULL, 
	stop INTEGER NOT NULL, 
	annotator INTEGER NOT NULL, 
	created INTEGER NOT NULL, 
	origin INTEGER NOT NULL, 
	fragments TEXT DEFAULT '' NOT NULL, 
	attributes TEXT DEFAULT '' NOT NULL, 
	actor INTEGER, 
	claim_card INTEGER, 
	note TEXT DEFAULT '' NOT NULL, 
	deleted INTEGER DEFAULT '0' NOT NULL, 
	PRIMARY KEY ("key")
)
 STRICT;
CREATE INDEX spans_by_actor ON spans (actor) WHERE actor IS NOT NULL;
CREATE INDEX spans_by_article ON spans (article, deleted);
CREATE INDEX spans_by_claim_card ON spans (claim_card) WHERE claim_card IS NOT NULL;
CREATE TABLE suggested_frames (
	"key" INTEGER NOT NULL, 
	article INTEGER NOT NULL, 
	label INTEGER NOT NULL, 
	score REAL NOT NULL, 
	suggester INTEGER NOT NULL, 
	reason TEXT NOT NULL, 
	created INTEGER NOT NULL, 
	state INTEGER NOT NULL, 
	attributes TEXT DEFAULT '' NOT NULL, 
	became INTEGER, 
	deleted INTEGER DEFAULT '0' NOT NULL, 
	PRIMARY KEY ("key")
)
 STRICT;
CREATE INDEX suggested_frames_by_article ON suggested_frames (article, deleted);
CREATE TABLE suggested_spans (
	"key" INTEGER NOT NULL, 
	article INTEGER NOT NULL, 
	label INTEGER NOT NULL, 
	start INTEGER NOT NULL, 
	stop INTEGER NOT NULL, 
	score REAL NOT NULL, 
	suggester INTEGER NOT NULL, 
	reason TEXT NOT NULL, 
	created INTEGER NOT NULL, 
	state INTEGER NOT NULL, 
	fragments TEXT DEFAULT '' NOT NULL, 
	attributes TEXT DEFAULT '' NOT NULL, 
	became INTEGER, 
	deleted INTEGER DEFAULT '0' NOT NULL, 
	PRIMARY KEY ("key")
)
 STRICT;
CREATE INDEX suggested_spans_by_article ON suggested_spans (article, deleted);
CREATE TABLE tallies (
	kind INTEGER NOT NULL, 
	label INTEGER NOT NULL, 
	article INTEGER NOT NULL, 
	count INTEGER NOT NULL, 
	PRIMARY KEY (kind, label, article)
)
 WITHOUT ROWID,
 STRICT;
CREATE TABLE texts (
	article INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	PRIMARY KEY (article)
)
 STRICT;
CREATE TABLE words (
	"key" INTEGER NOT NULL, 
	word TEXT NOT NULL, 
	PRIMARY KEY ("key"), 
	UNIQUE (word)
)
 STRICT;
CREATE VIRTUAL TABLE article_words USING fts5(text, content='', columnsize=0, tokenize='unicode61 remove_diacritics 2');
