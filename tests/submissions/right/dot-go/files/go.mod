module kampus.ac.id/titik

go 1.18
