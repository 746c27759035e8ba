# SPDX-License-Identifier: GPL-3.0-or-later
#
# The figure of the ladder, from its results:
#
#     codist run experiments/ladder.yaml
#     codist status ladder.db --format csv >ladder.csv
#     gnuplot ladder.gp
set terminal svg size 820,300 font "sans-serif,13" background "white"
set output "ladder.svg"
set datafile separator ","
set datafile columnheaders
set key off
set border 2
set lmargin at screen 0.45
set xrange [0:112]
set xtics 0,20,100 nomirror scale 0.5 format "%.0f %%"
set grid xtics lt 1 lc "#dddddd"
set yrange [8.6:0.4]
set ytics scale 0
set style fill solid
row(n) = n + 1
plot "ladder.csv" using (0):(row($0)):(0):(100*column("accuracy")): \
		(row($0)-0.3):(row($0)+0.3):ytic(stringcolumn("run")) \
		with boxxyerror lc rgb "#7aa6d0", \
	"" using (100*column("accuracy")):(row($0)): \
		(100*column("low")):(100*column("high")) \
		with xerrorbars lc rgb "#1f3a5f" pt 7 ps 0.3, \
	"" using (100*column("high")+1):(row($0)): \
		(sprintf("%.2f %%", 100*column("accuracy"))) \
		with labels left
